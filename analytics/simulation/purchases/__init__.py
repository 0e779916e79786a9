"""A shop known by its purchases alone, as BG/NBD and Gamma-Gamma describe it."""
