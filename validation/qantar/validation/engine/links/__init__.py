"""Rules between rows of one table or several."""
