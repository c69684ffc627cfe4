"""What a value that does not fit its column is in another scheme."""
