"""How far the frustration index can be believed."""
