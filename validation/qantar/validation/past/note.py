"""What is said of every input that is of an earlier schema."""

from qantar.schema.version import SCHEMA_VERSION
from qantar.validation.faults.fault import Fault
from qantar.validation.rules.observation import fault_by

# Data of earlier schemas is small, and is held in memory to be judged.
LARGEST_PAST = 50_000_000


def past_note(version: str, file: str | None = None) -> Fault:
    """The note that an input was judged by an earlier schema."""
    told = (
        f"This is of schema {version} and was judged by it; `qantar migrate` brings it to "
        f"{SCHEMA_VERSION}."
    )
    return fault_by("schema-version-past", told, file=file)


def too_large(version: str, size: int, file: str) -> Fault:
    """The fault of an input of an earlier schema that is too large to be held."""
    told = (
        f"This is of schema {version}, which is judged in memory, and has {size:,} bytes; "
        f"{LARGEST_PAST:,} are allowed. Bring it to {SCHEMA_VERSION} with `qantar migrate`, which "
        "is judged at any size."
    )
    return fault_by("file-too-large", told, file=file)
