"""Readers: each turns one kind of source into chunks of rows that still look as they came."""
