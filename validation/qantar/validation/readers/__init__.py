"""Bytes and frames read as chunks of columns: nothing is judged here."""
