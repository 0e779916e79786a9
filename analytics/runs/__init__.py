"""A run, whole or not there: its files, manifest, pointer, lock, and what serves it."""
