"""Tiers by the calibrated risk, of today and of past dates, that do not flicker."""
