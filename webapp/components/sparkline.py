"""A line without axes, as a picture in an address: no chart library for a few points."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from dash import html
from dash.development.base_component import Component

from webapp.theme import ACCENT

WIDTH, HEIGHT, MARGIN = 120, 32, 3


def sparkline(values: Sequence[float | None], *, description: str) -> Component | None:
    """Return the line of the known values; None where there are fewer than two."""
    known = [(place, value) for place, value in enumerate(values) if value is not None]
    if len(known) < 2:
        return None
    return html.Img(
        src="data:image/svg+xml," + quote(_svg(known, len(values))),
        alt=description,
        className="sparkline",
        width=str(WIDTH),
        height=str(HEIGHT),
    )


def _svg(known: Sequence[tuple[int, float]], places: int) -> str:
    low = min(value for _, value in known)
    high = max(value for _, value in known)
    step = (WIDTH - 2 * MARGIN) / max(places - 1, 1)
    scale = (HEIGHT - 2 * MARGIN) / ((high - low) or 1.0)
    points = [
        (MARGIN + place * step, HEIGHT - MARGIN - (value - low) * scale) for place, value in known
    ]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    last_x, last_y = points[-1]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<polyline points="{path}" fill="none" stroke="{ACCENT}" stroke-width="1.75" '
        'stroke-linejoin="round" stroke-linecap="round"/>'
        f'<circle cx="{last_x:.1f}" cy="{last_y:.1f}" r="2.5" fill="{ACCENT}"/></svg>'
    )
