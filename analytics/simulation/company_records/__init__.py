"""What a company's systems write of that life, and what goes wrong with it on the way."""
