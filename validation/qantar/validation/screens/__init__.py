"""The rules as expressions over columns, which pick what is judged row by row."""
