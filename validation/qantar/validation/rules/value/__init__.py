"""What holds of single values."""
