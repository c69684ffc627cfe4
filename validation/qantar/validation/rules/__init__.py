"""The rules of the format, interpreted for values, rows and tables."""
