"""Made-up reports of `simulate check`: one with real customers beside it, one without."""

from __future__ import annotations

from analytics.runs.acceptance_report import AcceptanceReport, AcceptanceRow, ComparedCurve

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

PASSED = AcceptanceRow(
    check="oracle_early_auc",
    label="AUC of the oracle",
    meaning="How often it ranks a leaver above one who stays.",
    target="0.82 to 0.90",
    measured=0.861,
    passed=True,
    spread=0.0084,
    source="a spike",
)
FAILED = AcceptanceRow(
    check="regularity",
    label="Regularity of the gaps",
    meaning="Estimate of Wheat and Morrison.",
    target="1.5 to 3.0",
    measured=1.21,
    passed=False,
    spread=0.04,
    off_by=0.29,
)
UNMEASURED = AcceptanceRow(
    check="c2st",
    label="Told apart from real customers",
    meaning="AUC of a classifier between the two.",
    target="0.65 or less",
    measured=None,
    passed=None,
    note="No real data are in this workspace.",
)
RETENTION = ComparedCurve(
    name="retention",
    title="Customers still active",
    x_title="Months since the first purchase",
    y_title="Share of customers",
    x=(0.0, 1.0, 2.0, 3.0),
    simulated=(1.0, 0.61, 0.42, 0.3),
    real=(1.0, 0.63, 0.44, 0.31),
)
GAPS = ComparedCurve(
    name="gaps",
    title="Gaps between purchases",
    x_title="Gap, days",
    y_title="Purchases a customer",
    x=tuple(7.0 * step for step in range(24)),
    simulated=tuple(3.5 - 0.1 * step for step in range(24)),
    real=tuple(3.4 - 0.1 * step for step in range(24)),
)
WEEKDAYS = ComparedCurve(
    name="weekdays",
    title="Events by day of the week",
    x_title="Day of the week",
    y_title="Share of events",
    x=DAYS,
    simulated=(0.19, 0.2, 0.19, 0.18, 0.15, 0.045, 0.045),
)

SAAS = AcceptanceReport(
    preset="saas",
    title="Software subscription",
    customers=5000,
    days=365,
    seeds=10,
    measured_at="2026-11-24T09:12:44+00:00",
    rows=(PASSED, FAILED, UNMEASURED),
    curves=(WEEKDAYS,),
)
CDNOW = AcceptanceReport(
    preset="cdnow",
    title="Music shop",
    customers=2357,
    days=546,
    seeds=1,
    measured_at="2026-11-22T08:00:00+00:00",
    rows=(PASSED,),
    curves=(RETENTION, GAPS),
    real_source="CDNOW, 1997 to 1998",
)
