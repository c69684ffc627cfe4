"""JSON and JSON Lines: strict text, flat rows."""
