"""Is a simulated business like a real one? What it must show, what it shows, and the check."""
