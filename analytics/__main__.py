"""`python -m analytics` is `silent-churn`."""

from analytics.cli import main

main()
