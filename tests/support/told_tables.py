"""The tables with prose in the languages of the made-up corpus."""

from qantar.schema.rule import Profile
from qantar.schema.tables import TABLES

LANGUAGES = ("en", "vi")
TOLD_TABLES = {name: table.in_languages(LANGUAGES) for name, table in TABLES.items()}
# The same as coded records are released, without what only converted rows have.
CODED_TABLES = {
    name: table.of(Profile.coded).in_languages(LANGUAGES) for name, table in TABLES.items()
}
