"""From probabilities to numbers a business can act on: frustration, value, tiers, reasons."""
