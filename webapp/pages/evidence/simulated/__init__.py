"""The simulated business beside real ones; only for runs on simulated data."""
