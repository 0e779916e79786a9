"""The tables of a published run: a class for the rows of each."""
