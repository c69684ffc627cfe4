"""The conversion of GDELT 2.0's public table on BigQuery as one query in BigQuery's SQL.

It gives the same fields as the conversion of files. What a query cannot tell is left out: rows
that come twice, and the account.
"""

from datetime import date, timedelta
from functools import cache

from qantar.dataset.conversion.country import CAMEO_LETTERS, country_on_day
from qantar.schema.codebook import actions, countries
from qantar.schema.other_codes import country_codes
from qantar.schema.patterns import ACTOR_CODE_PATTERN

TABLE = "gdelt-bq.gdeltv2.events"
_FIRST, _LAST = date(1900, 1, 1), date(2100, 1, 1)
_HEAD = """\
-- GDELT 2.0 events as exchange events of Qantar. Made by: qantar convert --sql bigquery
WITH fips AS (
{fips}
),
days AS (
  SELECT
    *,
    {day} AS day,
    {added} AS added,
    CAST(ActionGeo_Type AS STRING) IN ('1', '2', '3', '4', '5') AS is_placed,
    CASE
      WHEN STARTS_WITH(EventCode, LPAD(EventRootCode, 2, '0')) THEN EventCode
      WHEN STARTS_WITH(CONCAT('0', EventCode), LPAD(EventRootCode, 2, '0'))
        THEN CONCAT('0', EventCode)
      ELSE EventCode
    END AS code
  FROM `{table}`
),
lags AS (
  SELECT *, IF(SOURCEURL IS NULL, 0, DATE_DIFF(added, day, DAY)) AS lag FROM days
),
bounds AS (
  SELECT
    *,
    CASE lag
      WHEN 7 THEN DATE_SUB(added, INTERVAL 13 DAY)
      WHEN 30 THEN DATE_SUB(added, INTERVAL 60 DAY)
      WHEN 365 THEN DATE(EXTRACT(YEAR FROM added) - 1, 1, 1)
      WHEN 3650 THEN DATE(DIV(EXTRACT(YEAR FROM day), 10) * 10, 1, 1)
      ELSE day
    END AS first_day,
    CASE
      WHEN lag IN (7, 30, 365) THEN DATE_SUB(added, INTERVAL 1 DAY)
      WHEN lag = 3650 THEN DATE(DIV(EXTRACT(YEAR FROM day), 10) * 10 + 9, 12, 31)
      ELSE day
    END AS last_day
  FROM lags
)
SELECT
  CONCAT('GDELT-', IF(LENGTH(CAST(GLOBALEVENTID AS STRING)) < 6,
    LPAD(CAST(GLOBALEVENTID AS STRING), 6, '0'), CAST(GLOBALEVENTID AS STRING))) AS event_id,
  1 AS record_version,
  IF(code IN ({codes}), CONCAT('cameo:', code), NULL) AS action_code,
{actor},
{target},
  IF({actor_code} IS NULL AND {target_code} IS NULL, NULL, 'directed') AS direction,
  IF(first_day = last_day, FORMAT_DATE('%Y-%m-%d', first_day),
    CONCAT('[', FORMAT_DATE('%Y-%m-%d', first_day), '..',
      FORMAT_DATE('%Y-%m-%d', last_day), ']')) AS date_edtf,
  IF(first_day = last_day, 'day', 'within') AS date_extent,
  FORMAT_DATE('%Y-%m-%d', first_day) AS date_earliest,
  FORMAT_DATE('%Y-%m-%d', last_day) AS date_latest,
  IF(lag IN (7, 30, 365, 3650), 'relative_to_publication', NULL) AS date_basis,
  IF(is_placed, NULLIF(ActionGeo_FullName, ''), NULL) AS place_name,
  IF(is_placed, fips.country_code, NULL) AS place_country_code,
  IF(is_placed AND (ActionGeo_Lat != 0 OR ActionGeo_Long != 0), ActionGeo_Lat, NULL) AS latitude,
  IF(is_placed AND (ActionGeo_Lat != 0 OR ActionGeo_Long != 0), ActionGeo_Long, NULL)
    AS longitude,
  CASE CAST(ActionGeo_Type AS STRING)
    WHEN '1' THEN 'country'
    WHEN '2' THEN 'region'
    WHEN '3' THEN 'city'
    WHEN '4' THEN 'city'
    WHEN '5' THEN 'region'
  END AS place_precision,
  'gdelt2' AS source_system,
  '2.0' AS source_version,
  CAST(GLOBALEVENTID AS STRING) AS source_event_id,
  EventCode AS source_action,
  IF(code IN ({codes}), 'exact', NULL) AS action_match,
  GoldsteinScale AS source_intensity,
  IF(REGEXP_CONTAINS(SOURCEURL, r'^https?://'), SOURCEURL, NULL) AS source_url
FROM bounds
LEFT JOIN fips
  ON fips_code = ActionGeo_CountryCode AND day BETWEEN first_on AND last_on
WHERE day IS NOT NULL
"""


def bigquery_sql(table: str = TABLE) -> str:
    """The query. table: GDELT's, or one of the same columns, such as a part of it."""
    return _HEAD.format(
        fips="\n  UNION ALL\n".join(_fips_row(*row) for row in fips_periods()),
        day=_day("SQLDATE"),
        added=_day("DATEADDED"),
        table=table,
        codes=", ".join(f"'{c.removeprefix('cameo:')}'" for c in actions()),
        actor=_party("Actor1", "actor"),
        target=_party("Actor2", "target"),
        actor_code=_code_of("Actor1"),
        target_code=_code_of("Actor2"),
    )


@cache
def fips_periods() -> tuple[tuple[str, str, date, date], ...]:
    """(FIPS code, country, first day, last day) of each time in which a code means one country."""
    found: list[tuple[str, str, date, date]] = []
    held = [one for one in country_codes() if one.system == "fips"]
    for code in sorted({one.code for one in held}):
        begins = {_FIRST}
        for one in held:
            if one.code == code and one.valid_from:
                begins.add(date.fromisoformat(one.valid_from))
            if one.code == code and one.valid_to:
                begins.add(date.fromisoformat(one.valid_to) + timedelta(1))
        days = sorted(begins)
        for first, after in zip(days, [*days[1:], _LAST], strict=True):
            country = country_on_day("fips", code, first)
            if country is not None:
                found.append((code, country, first, after - timedelta(1)))
    return tuple(found)


def _day(number: str) -> str:
    year, month, day = (f"SUBSTR(CAST({number} AS STRING), {n})" for n in ("1, 4", "5, 2", "7, 2"))
    return f"SAFE_CAST(CONCAT({year}, '-', {month}, '-', {day}) AS DATE)"


def _fips_row(code: str, country: str, first: date, last: date) -> str:
    return (
        f"  SELECT '{code}' AS fips_code, '{country}' AS country_code, "
        f"DATE '{first}' AS first_on, DATE '{last}' AS last_on"
    )


def _party(source: str, ours: str) -> str:
    letters = f"{source}CountryCode"
    known = ", ".join(f"'{code}'" for code in countries())
    other = " ".join(f"WHEN {letters} = '{a}' THEN '{b}'" for a, b in CAMEO_LETTERS.items())
    return (
        f"  NULLIF({source}Name, '') AS {ours}_name,\n"
        f"  {_code_of(source)} AS {ours}_code,\n"
        f"  CASE {other} WHEN {letters} IN ({known}) THEN {letters} END AS {ours}_country_code"
    )


def _code_of(source: str) -> str:
    code = f"TRIM({source}Code)"
    return f"IF(REGEXP_CONTAINS({code}, r'{ACTOR_CODE_PATTERN}'), {code}, NULL)"
