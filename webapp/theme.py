"""Colours by meaning, the same on light and dark ground.

Every colour here has a contrast of at least 3:1 on the light and the dark surface, so that a
figure needs no second set: text, lines and grounds take theirs from the style sheet.
"""

from __future__ import annotations

ACCENT = "#23909b"
WARNING = "#c96f12"
BAD = "#d64550"
GOOD = "#3f8f5f"
QUIET = "#7d8799"
#: What was seen of real customers, and what was simulated: that in the hue of its pill.
REAL = ACCENT
SIMULATED = "#8467a8"
#: Ink of ticks and legends before the style sheet takes over.
CHART_INK = "#7b8494"
GRID = "rgba(125, 135, 153, 0.22)"
CLEAR = "rgba(0, 0, 0, 0)"
ACCENT_BAND = "rgba(35, 144, 155, 0.16)"

FONT = "Inter, system-ui, -apple-system, 'Segoe UI', sans-serif"
