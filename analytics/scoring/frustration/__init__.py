"""The frustration index: how it is made, weighed, and judged on past dates."""
