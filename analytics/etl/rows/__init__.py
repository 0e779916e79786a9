"""Rows of a source made landed rows, one by one: mapped, accepted, or refused with a reason."""
