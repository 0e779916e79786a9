"""Accepted rows made landed tables: repeats dropped, the later row counts, lines added up."""
