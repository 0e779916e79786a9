"""Profiles: what one kind of business counts as activity; read from TOML, some ship with it."""
