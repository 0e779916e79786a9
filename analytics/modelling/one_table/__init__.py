"""Models learned from one table with a label of its own, rather than from events."""
