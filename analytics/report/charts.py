"""The report's charts: plain SVG, drawn here, readable without colour and on paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from analytics.report.markup import Markup, tag

WIDTH, HALF_WIDTH = 804.0, 390.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 58.0, 38.0, 16.0, 30.0
_BAR_STEP, _BAR_HEIGHT, _BAR_LABEL = 30.0, 16.0, 190.0

Write = Callable[[float], str]


@dataclass(frozen=True)
class Series:
    """Points of one line: date and value, None where unknown."""

    name: str
    style: str
    points: Sequence[tuple[date, float | None]]


@dataclass(frozen=True)
class ChartBar:
    """One bar, with what is written behind it."""

    label: str
    value: float
    note: str
    style: str = "accent"


def line_chart(
    title: str,
    series: Sequence[Series],
    write: Write,
    *,
    width: float = WIDTH,
    height: float = 220,
) -> Markup:
    """Draw values over time; each line is named at its end, so that no legend is needed."""
    known = [(when, value) for line in series for when, value in line.points if value is not None]
    if not known:
        return tag("p", "No past dates to draw yet.", class_="quiet")
    first, last = min(when for when, _ in known), max(when for when, _ in known)
    top = _round_up(max(value for _, value in known))
    right = width - _RIGHT - (70 if len(series) > 1 else 0)

    def x(when: date) -> float:
        span = max((last - first).days, 1)
        return _LEFT + (right - _LEFT) * (when - first).days / span

    def y(value: float) -> float:
        return height - _BOTTOM - (height - _BOTTOM - _TOP) * value / top

    grid = [_grid_line(y(top * part), write(top * part), right) for part in (0, 0.5, 1)]
    dates = sorted({when for when, _ in known})
    ticks = [_date_tick(x(when), height, when) for when in _spread(dates, round(width / 100))]
    lines = [_line(line, x, y) for line in series]
    names = _end_names(series, x, y) if len(series) > 1 else []
    return _svg(title, width, height, *grid, *ticks, *lines, *names)


def bar_chart(title: str, bars: Sequence[ChartBar]) -> Markup:
    """Draw bars from zero, one below the other, with label before and note behind."""
    if not bars:
        return tag("p", "Nothing to draw.", class_="quiet")
    longest = max((bar.value for bar in bars), default=0.0) or 1.0
    room = WIDTH - _BAR_LABEL - 120
    parts = []
    for position, row in enumerate(bars):
        top = 6 + position * _BAR_STEP
        width = max(room * row.value / longest, 1.5)
        middle = top + _BAR_HEIGHT / 2 + 4
        parts += [
            tag("text", _short(row.label, 30), x=_BAR_LABEL - 8, y=middle, class_="label end"),
            tag("rect", x=_BAR_LABEL, y=top, width=width, height=_BAR_HEIGHT, rx=2,
                class_=f"fill {row.style}"),
            tag("text", row.note, x=_BAR_LABEL + width + 8, y=middle, class_="value"),
        ]  # fmt: skip
    return _svg(title, WIDTH, 10 + len(bars) * _BAR_STEP, *parts)


def calibration_chart(
    title: str, points: Sequence[tuple[float, float, float, float]], write: Write
) -> Markup:
    """Draw predicted against observed, with intervals; good points lie on the diagonal.

    Parameters
    ----------
    points
        Predicted, observed, and the two ends of the interval of what was observed.
    """
    if not points:
        return tag("p", "No later date to compare with yet.", class_="quiet")
    height, above, below = 250.0, 26.0, 46.0
    top = _round_up(max(max(said, high) for said, _, _, high in points))

    def x(value: float) -> float:
        return _LEFT + (HALF_WIDTH - _LEFT - 56) * value / top

    def y(value: float) -> float:
        return height - below - (height - below - above) * value / top

    grid = [_grid_line(y(top * part), write(top * part), x(top)) for part in (0, 0.5, 1)]
    ticks = [
        tag("text", write(top * part), x=x(top * part), y=height - 26, class_="tick middle")
        for part in (0, 0.5, 1)
    ]
    diagonal = tag("line", x1=x(0), y1=y(0), x2=x(top), y2=y(top), class_="diagonal")
    marks = []
    for said, seen, low, high in points:
        marks += [
            tag("line", x1=x(said), y1=y(low), x2=x(said), y2=y(high), class_="stroke accent thin"),
            tag("circle", cx=x(said), cy=y(seen), r=4, class_="fill accent"),
        ]
    words = [
        tag("text", "predicted", x=x(top / 2), y=height - 6, class_="tick middle"),
        tag("text", "observed", x=_LEFT - 8, y=12, class_="tick end"),
        tag("text", "as predicted", x=x(top) + 6, y=y(top) + 4, class_="tick"),
    ]
    return _svg(title, HALF_WIDTH, height, *grid, *ticks, diagonal, *marks, *words)


def _svg(title: str, width: float, height: float, *parts: Markup) -> Markup:
    return tag(
        "svg", tag("title", title), *parts, viewBox=f"0 0 {width:.0f} {height:.0f}", role="img",
        aria_label=title, class_="chart",
    )  # fmt: skip


def _line(one: Series, x: Callable[[date], float], y: Callable[[float], float]) -> Markup:
    """Draw a line with a dot at every value; gaps stay gaps."""
    pieces: list[list[str]] = [[]]
    dots = []
    for when, value in one.points:
        if value is None:
            pieces.append([])
            continue
        pieces[-1].append(f"{x(when):.1f},{y(value):.1f}")
        dots.append(tag("circle", cx=x(when), cy=y(value), r=3, class_=f"fill {one.style}"))
    lines = [
        tag("polyline", points=" ".join(piece), class_=f"stroke {one.style}")
        for piece in pieces
        if len(piece) > 1
    ]
    return tag("g", *lines, *dots)


def _end_names(
    series: Sequence[Series], x: Callable[[date], float], y: Callable[[float], float]
) -> list[Markup]:
    """Name each line at its last value, names pushed apart where they would touch."""
    ends = []
    for line in series:
        known = [(when, value) for when, value in line.points if value is not None]
        if known:
            ends.append((y(known[-1][1]), x(known[-1][0]), line))
    names, lowest = [], -100.0
    for height, left, line in sorted(ends, key=lambda end: end[0]):
        place = max(height + 4, lowest + 14)
        lowest = place
        names.append(tag("text", line.name, x=left + 8, y=place, class_=f"label ink {line.style}"))
    return names


def _grid_line(height: float, text: str, right: float) -> Markup:
    return tag(
        "g",
        tag("line", x1=_LEFT, y1=height, x2=right, y2=height, class_="grid"),
        tag("text", text, x=_LEFT - 8, y=height + 4, class_="tick end"),
    )


def _date_tick(left: float, height: float, when: date) -> Markup:
    return tag(
        "text", f"{when.day} {when:%b} ’{when:%y}", x=left, y=height - 10, class_="tick middle"
    )


def _spread(dates: Sequence[date], most: int) -> list[date]:
    step = -(-len(dates) // most)
    return list(dates[::-1][::step][::-1])


def _round_up(value: float) -> float:
    """Return the next of 1, 1.5, 2, 3, 4, 5, 6, 8 and their tenfolds: a calm end of an axis."""
    if value <= 0:
        return 1.0
    size = 1.0
    while size * 10 <= value:
        size *= 10
    while size > value:
        size /= 10
    steps = (1, 1.5, 2, 3, 4, 5, 6, 8, 10)
    return next((step * size for step in steps if step * size >= value), value)


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
