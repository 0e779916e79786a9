"""What to set in a mapping when its rows are refused for one reason."""
