"""Simulate, load, model and recommend; the web app sees it through `analytics.services`."""

__version__ = "0.1.0"
