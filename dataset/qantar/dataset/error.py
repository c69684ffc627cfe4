"""What goes wrong in reading and in writing releases."""


class DatasetError(Exception):
    """A release cannot be read as asked; the message says why and what to do."""


class ReleaseError(OSError):
    """A release cannot be written; the message says what, where and what to do.

    An earlier release of the same version is still whole.
    """
