"""A landing, whole or not there: its folder, its report, and what it takes the place of."""
