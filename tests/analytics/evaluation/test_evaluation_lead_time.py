"""An alert counts from when it began to last, not from an old false alarm."""

from __future__ import annotations

import pandas as pd

from analytics.evaluation.lead_time import _final_alerts


def test_only_an_alert_that_lasts_until_the_rule_fires_counts() -> None:
    weeks = {
        "lasting": [False, True, True, True],
        "old alarm first": [True, False, True, True],
        "taken back": [True, True, False, False],
        "never": [False, False, False, False],
        "always": [True, True, True, True],
    }
    scored = pd.DataFrame(
        {"customer_id": name, "day": 7 * week, "alert": alert}
        for name, alerts in weeks.items()
        for week, alert in enumerate(alerts)
    )
    began = _final_alerts(scored, pd.Series(100.0, index=list(weeks)))
    assert began.to_dict() == {"lasting": 7, "old alarm first": 14, "always": 0}


def test_weeks_after_the_rule_has_fired_do_not_count() -> None:
    scored = pd.DataFrame({"customer_id": "late", "day": [0, 7, 14], "alert": [False, False, True]})
    assert _final_alerts(scored, pd.Series({"late": 10.0})).empty
