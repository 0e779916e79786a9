"""What became of customers later: for labels and for judging, never for features."""
