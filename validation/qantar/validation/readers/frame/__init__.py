"""Data frames that the user holds."""
