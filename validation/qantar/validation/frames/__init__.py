"""Data frames that the user already holds, read in blocks and judged as files are."""
