"""Groups of customers: those of the run, and those that people saved."""
