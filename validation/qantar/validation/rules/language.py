"""The languages of a package's prose: each is named, and each table has all of them."""

from collections.abc import Collection, Iterator

from qantar.schema.language import language_name, tag_of
from qantar.schema.rule import Profile
from qantar.schema.table import Table
from qantar.validation.faults.fault import Fault
from qantar.validation.rules.observation import fault_by

# Their prose is the codebook's, which has it in languages of its own.
_OF_CODEBOOK = ("codes", "countries")


def faults_of_languages(
    table: Table, header: Collection[str], languages: Collection[str], profile: Profile
) -> Iterator[Fault]:
    """Columns of prose in a language that the package does not name, and those that are not there.

    languages: suffixes. Converted rows need no prose.
    """
    named = ", ".join(tag_of(language) for language in languages)
    for name in header:
        base = table.base_of(name)
        suffix = name.removeprefix(f"{base}_") if base else ""
        if base and suffix not in languages:
            told = (
                f"{name} is prose in a language that the package does not name: it names {named}."
            )
            yield fault_by("language-unnamed", told, column=name)
    if profile is Profile.exchange or table.name in _OF_CODEBOOK:
        return
    for base in sorted(table.prose):
        for language in languages:
            name = f"{base}_{language}"
            if name not in header:
                told = (
                    f"{name} is missing, though the package is in {language_name(language)}, too."
                )
                yield fault_by("language-missing", told, column=name)
