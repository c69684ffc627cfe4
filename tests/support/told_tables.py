"""The tables with prose in the languages of the made-up corpus."""

from qantar.schema.tables import TABLES

LANGUAGES = ("en", "vi")
TOLD_TABLES = {name: table.in_languages(LANGUAGES) for name, table in TABLES.items()}
