"""The last pages of the report: how far it can be believed, and what is assumed."""

from __future__ import annotations

from datetime import date

from analytics.domain.numbers.formatting import MISSING, count, number, share
from analytics.domain.tables.evidence_tables import BacktestScore
from analytics.domain.words.ladder_words import RULE, decided_by, result_words
from analytics.domain.words.model_names import model_label
from analytics.report.charts import HALF_WIDTH, Series, calibration_chart, line_chart
from analytics.report.content import ReportContent, Row
from analytics.report.markup import Markup, join, tag
from analytics.report.table import table

_SLICES = {
    "all": "All scored customers",
    "recently_active": "Early warning: recently active customers",
}


def belief(content: ReportContent) -> Markup:
    """Answer how far the numbers can be believed: verdict, backtest, predicted against observed."""
    parts = [
        tag("h2", "How far can it be believed?"),
        tag("p", content.summary.verdict),
        _past_months(content),
        _ladder(content),
    ]
    for name, title in _SLICES.items():
        rows = [row for row in content.backtest if row["slice"] == name]
        if rows:
            parts += [tag("h3", title), _scores(rows, content.summary.champion)]
    parts.append(tag("p", _explained(), class_="quiet small"))
    parts.append(
        tag(
            "div",
            tag(
                "figure",
                tag("figcaption", "Predicted risk, and share who went silent"),
                calibration_chart("Predicted against observed", _calibration(content), share),
            ),
            tag(
                "figure",
                tag("figcaption", "Predicted beforehand, and what came"),
                _outcomes(content),
            ),
            class_="pair",
        )
    )
    return tag("section", *parts)


def _past_months(content: ReportContent) -> Markup | None:
    """Say what became of the flags of each past date."""
    if not content.past_months:
        return None
    columns = (
        "Date", "Scored", "Went silent", "Flagged", "Caught", "As many at random", "False alarms",
        "Missed", "Caught by silence alone",
    )  # fmt: skip
    names = (
        "scored", "went_silent", "flagged", "caught", "at_random", "false_alarms", "missed",
        "caught_by_silence",
    )  # fmt: skip
    rows = [{**row, "at_random": _at_random(row)} for row in content.past_months]
    cells = [
        (str(row["observation_date"])[:10], *(count(row[name]) for name in names)) for row in rows
    ]
    total = [sum(row[name] or 0 for row in rows) for name in names]
    cells.append(("All dates", *(count(figure) for figure in total)))
    return join(
        (
            tag("h3", "What became of those flagged on past dates"),
            table(columns, cells, numbers=range(1, 9)),
        )
    )


def _at_random(row: Row) -> float:
    """Return how many of a date's leavers as many flags drawn at random would have caught."""
    return row["flagged"] * row["went_silent"] / row["scored"] if row["scored"] else 0.0


def _ladder(content: ReportContent) -> Markup | None:
    """Say which model beat the best one below it."""
    steps = [row for row in content.ladder if row["auc_gain"] is not None]
    if not steps:
        return None
    labels = {row["model"]: row["label"] for row in content.ladder}
    cells = [
        (
            join((row["label"], " ", _in_use(row["champion"]))),
            labels.get(row["against"], row["against"]),
            *_gained(row, "auc_gain", 3),
            *_gained(row, "brier_gain", 4),
            *_gained(row, "exit_gain", 3),
            result_words(
                decided_by(
                    row["taken"],
                    row["auc_gain"],
                    row["auc_gain_low"],
                    row["exit_gain"],
                    row["exit_gain_low"],
                )
            ),
        )
        for row in steps
    ]
    columns = (
        "Model", "Against the best below", "AUC gained", "95% interval", "Brier score gained",
        "95% interval", "AUC gained by exits", "95% interval", "Result",
    )  # fmt: skip
    return join(
        (
            tag("h3", "Does the model earn its place?"),
            table(columns, cells, numbers=range(2, 8)),
            tag("p", RULE, class_="quiet small"),
        )
    )


def _gained(row: Row, name: str, digits: int) -> tuple[str, str]:
    """Return a gain, and its interval."""
    if row[name] is None:
        return "–", ""
    low, high = (number(row[f"{name}_{end}"], digits) for end in ("low", "high"))
    return number(row[name], digits), f"{low} to {high}"


def _in_use(champion: bool) -> Markup | None:
    return tag("span", "in use", class_="badge") if champion else None


def _scores(rows: list[Row], champion: str) -> Markup:
    columns = (
        "Model", "AUC", "95% interval", "Lift of the top tenth", "Brier score", "Customers",
        "Went silent",
    )  # fmt: skip
    cells = [
        (
            _model(row["model"], champion),
            number(row["auc"], 2),
            f"{number(row['auc_low'], 2)} to {number(row['auc_high'], 2)}",
            f"{number(row['lift_top_decile'], 1)}×",
            number(row["brier"], 3),
            count(row["customers"]),
            count(row["positives"]),
        )
        for row in rows
    ]
    return table(columns, cells, numbers=range(1, 7))


def _model(name: str, champion: str) -> Markup:
    return join((model_label(name), " ", _in_use(name == champion)))


def _explained() -> str:
    columns = BacktestScore.table.column
    said = ("auc", "lift_top_decile", "brier")
    return " ".join(f"{columns[name].label}: {columns[name].meaning}" for name in said)


def _calibration(content: ReportContent) -> list[tuple[float, float, float, float]]:
    names = ("predicted", "observed", "observed_low", "observed_high")
    return [
        (row["predicted"], row["observed"], row["observed_low"], row["observed_high"])
        for row in content.calibration
        if all(row[name] is not None for name in names)
    ]


def _outcomes(content: ReportContent) -> Markup:
    dates = [date.fromisoformat(str(row["observation_date"])[:10]) for row in content.trend]
    seen = [row["silent_churn_share"] for row in content.trend]
    said = [row["predicted_share"] for row in content.trend]
    return line_chart(
        "Share predicted to go silent, and share who did",
        [
            Series("went silent", "ink", list(zip(dates, seen, strict=True))),
            Series("predicted", "accent", list(zip(dates, said, strict=True))),
        ],
        share,
        width=HALF_WIDTH,
        height=250,
    )


def assumptions(content: ReportContent) -> Markup:
    """State what is assumed and not measured, and what to know of the data."""
    said = content.summary
    items = [
        tag("li", tag("span", "assumption", class_="badge"), " ", assumption)
        for assumption in said.assumptions
    ]
    warnings = [tag("li", warning) for warning in said.warnings]
    quality = said.data_quality
    read = (
        f"{_count(quality, 'read')} rows were read, {_count(quality, 'accepted')} accepted, "
        f"{_count(quality, 'rejected')} refused with a reason; {_count(quality, 'duplicates')} "
        "repeats were dropped."
    )
    simulated = (
        tag("p", "These data are simulated: nothing here is about a real customer.")
        if said.simulated
        else None
    )
    return tag(
        "section",
        tag("h2", "What is assumed, and what to know of the data"),
        tag("ul", *items) if items else None,
        simulated,
        tag("p", read),
        tag("ul", *warnings) if warnings else None,
    )


def _count(quality: Row, name: str) -> str:
    value = quality.get(name)
    return count(value) if isinstance(value, int | float) else MISSING
