"""What a business records of its customers: the landed tables, the events, the days."""
