"""What nested records need beside the rules of tables."""
