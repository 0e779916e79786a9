"""The words of the house: events, tables, tiers, filters, profiles; plain values."""
