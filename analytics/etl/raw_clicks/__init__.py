"""Rage, dead and error clicks, found in a raw click stream."""
