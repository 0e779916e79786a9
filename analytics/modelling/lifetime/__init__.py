"""Buying and spending over a lifetime: BG/NBD, Gamma-Gamma, and their fits."""
