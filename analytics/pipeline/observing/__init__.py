"""What a run stands on: the profile, the whole part of the log, observations on past dates."""
