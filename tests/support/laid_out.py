"""The tables of a release in the languages of the made-up corpus."""

from qantar.schema.package_tables import package_tables
from qantar.schema.rule import Profile

LAID_OUT = package_tables(("en", "vi"), Profile.coded)
