"""Charts as plain dicts in plotly's schema: quick to build, checked against it by the tests."""
