"""Turns columns as they came into texts, numbers and times, keeping track of what fails."""
