"""The content of a run: the customers table, and every table that says what it is worth."""
