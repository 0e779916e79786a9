"""Every number that may be shown: defined once, and written in one way."""
