"""The rules as expressions over data frames."""
