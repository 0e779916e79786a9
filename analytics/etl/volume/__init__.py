"""How much a log holds day by day, and where that shows it to be broken."""
