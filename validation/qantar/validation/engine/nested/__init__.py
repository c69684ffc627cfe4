"""Large files of nested records."""
