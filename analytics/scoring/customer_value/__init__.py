"""What a customer is worth over twelve months, today and on past dates."""
