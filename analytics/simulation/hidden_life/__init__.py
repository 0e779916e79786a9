"""The hidden life of customers: who they are, what moves them, what they do week by week."""
