"""One file a group of commands: what it takes, and what it answers."""
