"""Where a customer stands against their own past: engaged, fading, dormant, gone, or back."""

from __future__ import annotations

from enum import StrEnum


class CustomerState(StrEnum):
    """The state of a customer on a date; it always has a date on which it began."""

    ENGAGED = "engaged"
    FADING = "fading"
    DORMANT = "dormant"
    SILENTLY_CHURNED = "silently_churned"
    RECOVERED = "recovered"
    UNCLEAR = "unclear"
    ENDED = "ended"

    @property
    def label(self) -> str:
        """The state as shown on a screen."""
        return self.value.replace("_", " ").capitalize()


#: Share of the expected active days at which fading begins and ends.
FADING_AT, FADING_ENDS_AT = 0.6, 0.8
#: Dormant begins at this share of the horizon and after so many usual gaps; however rare the
#: visits, not after the second share.
DORMANT_FROM, DORMANT_USUAL_GAPS, DORMANT_BY = 0.7, 4, 0.85
#: How long somebody who came back is called recovered.
RECOVERING_WEEKS = 8

STATE_MEANINGS: dict[CustomerState, str] = {
    CustomerState.ENGAGED: "As active as usual for this customer.",
    CustomerState.FADING: f"Still active, but on at most {FADING_AT:.0%} of the days that the own "
    "past, the move of all customers and last year's same weeks lead one to expect, and less than "
    f"chance explains. Ends at {FADING_ENDS_AT:.0%}.",
    CustomerState.DORMANT: f"Silent for over {DORMANT_FROM:.0%} of the own horizon and "
    f"{DORMANT_USUAL_GAPS} usual gaps ({DORMANT_BY:.0%} of the horizon at most), or not active "
    "once in 28 days where that is no chance, but not yet beyond the horizon. Ends with the next "
    "activity.",
    CustomerState.SILENTLY_CHURNED: "Silent for longer than the own rhythm explains, with no "
    "recorded end. Weeks in which all customers stayed away do not count.",
    CustomerState.RECOVERED: f"Active again for up to {RECOVERING_WEEKS} weeks after being dormant "
    "or silently churned.",
    CustomerState.UNCLEAR: "Too new, or too rarely active, for a change to mean anything.",
    CustomerState.ENDED: "Left with a record: cancelled, or closed for non-payment.",
}
