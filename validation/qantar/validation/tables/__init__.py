"""What is judged: chunks of columns, and the keys of their rows."""
