"""What stands around every page: top bar, filter bar, router, toast."""
