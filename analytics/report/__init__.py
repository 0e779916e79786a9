"""The executive report: a reader of a run, like a page."""
