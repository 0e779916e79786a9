"""Where customers stand against their own past: engaged, fading, dormant, gone, or back."""
