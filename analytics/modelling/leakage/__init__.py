"""Leakage checks: whether anything of the future, or the outcome itself, reached a model."""
