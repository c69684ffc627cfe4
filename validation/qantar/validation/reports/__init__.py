"""What was found, told to people and to machines."""
