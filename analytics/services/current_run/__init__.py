"""How the current run is read: its tables, a choice of its customers, its totals, its stamp."""
