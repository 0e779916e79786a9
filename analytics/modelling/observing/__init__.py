"""Observation dates: who is observed, what is known of them, and what may be learned when."""
