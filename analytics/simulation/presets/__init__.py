"""What can be simulated: the businesses, their settings, and the plan of one simulation."""
