"""The edition of the project's own dataset."""

from qantar.builders.edition import read_edition
from qantar.builders.project import OWN_PROJECT

OWN_EDITION = read_edition(OWN_PROJECT)
