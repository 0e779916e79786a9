"""What to do: expected net value of each action, holdout, plan."""
