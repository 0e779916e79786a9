"""What the run was given, and what it assumed."""
