"""Files of other event data: what they are, and their rows as columns of text."""
