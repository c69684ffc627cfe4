"""Files and packages of schema 0.1.0 brought to 0.2.0, beside the originals."""

from qantar.dataset.migration.run import Migrated, migrate

__all__ = ["Migrated", "migrate"]
