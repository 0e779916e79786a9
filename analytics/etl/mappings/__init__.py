"""Mappings: how a source becomes customers, events and treatments; some ship with it."""
