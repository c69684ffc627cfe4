"""Records, rows and tables of schema 0.1.0 brought to 0.2.0, with an account of what was set."""

from qantar.schema.migration.account import Account
from qantar.schema.migration.error import MigrationError
from qantar.schema.migration.record import migrate_record, migrate_records
from qantar.schema.migration.setting import Setting, Surety
from qantar.schema.migration.tables import migrate_rows, migrate_tables

__all__ = [
    "Account",
    "MigrationError",
    "Setting",
    "Surety",
    "migrate_record",
    "migrate_records",
    "migrate_rows",
    "migrate_tables",
]
