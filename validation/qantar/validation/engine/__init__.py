"""Rules asked of chunks, of single rows, of several tables, in SQL and on clusters."""
