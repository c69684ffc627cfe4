"""What holds of the place of an event: its point against its country."""

from qantar.schema.rule import Rule, Severity, WithinCountry

PLACE_RULES: tuple[Rule, ...] = (
    WithinCountry(
        id="place-outside-country",
        table="events",
        severity=Severity.warning,
        country="place_country_code",
        latitude="latitude",
        longitude="longitude",
        sentence="A place lies in its country, or at most a few degrees away from it.",
        mend="Correct the coordinates, which may be swapped or lack a sign, or the country.",
    ),
)
