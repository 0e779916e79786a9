"""What flags, alerts and money at risk of past dates were worth, by what happened later."""
