"""Rows that report one event, linked and grouped, so that each event is counted once."""
