"""A shop known by its purchases alone, as BG/NBD and gamma-gamma describe it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

from analytics.errors import UsageError

#: The fixed-width layout has five digits for a customer.
MOST_CUSTOMERS = 99_999


@dataclass(frozen=True)
class PurchasePreset:
    """One simulated shop: who buys how often, for how much, and when they stop.

    Parameters
    ----------
    rate_shape, rate_weeks
        Gamma of the customers' purchase rates: shape, and rate in weeks (BG/NBD's r and alpha).
    stop_a, stop_b
        Beta of the chance to stop for good after a repeat purchase.
    spend_shape, value_shape, value_scale
        Gamma-gamma of the spend a purchase: p, q and gamma.
    cd_price, postage
        Dollars a CD costs and an order adds; they turn a spend into a number of CDs.
    second_order_share
        Share of days with a purchase that are written down as two orders.
    first_shares
        Share of customers whose first purchase falls into each week from the start.
    weekday_shares
        Share of purchases on Monday to Sunday.
    customers, days, end
        Usual size of the simulation.
    left_out
        What this preset does not have, in words for the user.
    """

    name: str
    title: str
    rate_shape: float
    rate_weeks: float
    stop_a: float
    stop_b: float
    spend_shape: float
    value_shape: float
    value_scale: float
    cd_price: float
    second_order_share: float
    first_shares: tuple[float, ...]
    weekday_shares: tuple[float, ...]
    customers: int
    days: int
    end: date
    postage: float = 0.0
    left_out: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what no shop can have."""
        for declared in fields(self):
            value = getattr(self, declared.name)
            if isinstance(value, float) and declared.name != "postage":
                self._must(
                    value > 0, f"{declared.name} must be above 0", value, "parameter_positive"
                )
        self._must(
            self.postage >= 0, "postage must be 0 or more", self.postage, "rate_not_negative"
        )
        self._must(
            len(self.weekday_shares) == 7, "weekday_shares must be seven",
            len(self.weekday_shares), "shares_of_a_week",
        )  # fmt: skip
        for shares in (self.first_shares, self.weekday_shares):
            self._must(
                min(shares, default=0) > 0, "shares must be above 0", shares, "shares_positive"
            )
            total = sum(shares)
            self._must(abs(total - 1) < 1e-9, "shares must add up to 1", total, "shares_add_up")

    def _must(self, holds: bool, rule: str, got: object, name: str) -> None:
        if not holds:
            said = f"{got:g}" if isinstance(got, float) else str(got)
            raise UsageError(
                f"{rule[:1].upper()}{rule[1:]} in preset {self.name}. Got {said}.",
                rule=name,
                got=got,
            )


CDNOW = PurchasePreset(
    name="cdnow",
    title="Online shop for CDs, after the customers of CDNOW",
    rate_shape=0.243,
    rate_weeks=4.414,
    stop_a=0.793,
    stop_b=2.426,
    spend_shape=6.25,
    value_shape=3.74,
    value_scale=15.44,
    cd_price=14.0,
    second_order_share=0.026,
    postage=2.4,
    # Of the 23,570 customers of 1997, as are the shares of the days of the week.
    first_shares=(
        0.0668, 0.0697, 0.0773, 0.0816, 0.0918, 0.0932, 0.0859, 0.0863, 0.0932, 0.0919, 0.0864,
        0.0759,
    ),
    weekday_shares=(0.157, 0.156, 0.139, 0.1435, 0.132, 0.1305, 0.142),
    customers=2357,
    days=546,
    end=date(1998, 6, 30),
    left_out=(
        "visits, errors and contacts: CDNOW tells purchases only",
        "seasons and campaigns",
        "that frequent customers spend a little more a purchase",
    ),
)  # fmt: skip
