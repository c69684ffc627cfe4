"""Nested records in JSON Lines, level by level."""
