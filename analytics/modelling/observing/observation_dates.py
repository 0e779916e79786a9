"""Which dates are observed: back from the date of the data, by the profile's step."""

from __future__ import annotations

from datetime import date, timedelta

from analytics.domain.event_log.unseen_days import NONE_UNSEEN, UnseenDays
from analytics.domain.profiles.profile import Profile
from analytics.features.prepared import EPOCH, day_number

#: So many days after a hole in the log, the recent counts of every customer are whole again.
RECOVERY_DAYS = 28


def grid(
    as_of: date,
    *,
    first_day: int,
    profile: Profile,
    most: int = 14,
    unseen: UnseenDays = NONE_UNSEEN,
) -> list[date]:
    """Return observation dates back from `as_of` by the profile's step, latest first.

    Dates before which fewer than `min_tenure_days` of data lie are left out. A past date on which
    the log saw nobody, or up to `RECOVERY_DAYS` after that, gives way to the last day before it.
    """
    first = EPOCH + timedelta(days=first_day + profile.min_tenure_days)
    steps = (day_number(as_of) - profile.origin_step_days * back for back in range(1, most))
    past = {unseen.whole_day(day, recovery_days=RECOVERY_DAYS) for day in steps}
    dates = [as_of, *(EPOCH + timedelta(days=day) for day in sorted(past, reverse=True))]
    return [day for day in dates if day >= first] or dates[:1]
