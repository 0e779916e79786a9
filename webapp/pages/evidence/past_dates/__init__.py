"""What was said on past dates, and what came of it."""
