"""The cached read side of the house and its few writes: frozen dataclasses in and out."""
