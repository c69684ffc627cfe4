"""Why something cannot be migrated."""


class MigrationError(ValueError):
    """What is given cannot be migrated; the message says why, and what to do."""
