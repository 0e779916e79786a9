"""RFM: how lately, how often and for how much, each from 1 to 5, and the names of the groups."""

from __future__ import annotations

from enum import StrEnum


class RfmGroup(StrEnum):
    """What the three scores say together; recency and the mean of the other two decide."""

    CHAMPIONS = "champions"
    LOYAL = "loyal"
    PROMISING = "promising"
    NEWLY_ACTIVE = "newly_active"
    NEED_ATTENTION = "need_attention"
    SLIPPING = "slipping"
    CANNOT_LOSE = "cannot_lose"
    ASLEEP = "asleep"
    LOST = "lost"

    @property
    def label(self) -> str:
        """The group as shown on a screen."""
        return self.value.replace("_", " ").capitalize()


RFM_MEANINGS: dict[RfmGroup, str] = {
    RfmGroup.CHAMPIONS: "Seen lately, often, and for much.",
    RfmGroup.LOYAL: "Seen fairly lately and often.",
    RfmGroup.PROMISING: "Seen lately, and on the way to often.",
    RfmGroup.NEWLY_ACTIVE: "Seen lately, but seldom so far.",
    RfmGroup.NEED_ATTENTION: "In the middle of everything.",
    RfmGroup.SLIPPING: "Often here, but not lately.",
    RfmGroup.CANNOT_LOSE: "Among the most active and valuable, and long not seen.",
    RfmGroup.ASLEEP: "Seldom here, and not lately.",
    RfmGroup.LOST: "Long not seen, seldom here, for little.",
}


def rfm_group(recency: int, frequency: int, money: int) -> RfmGroup:
    """Return the group of three scores from 1 to 5."""
    much = (frequency + money) / 2
    if recency >= 4:
        if much >= 4:
            return RfmGroup.CHAMPIONS
        if much >= 3:
            return RfmGroup.LOYAL
        return RfmGroup.PROMISING if much >= 2 else RfmGroup.NEWLY_ACTIVE
    if recency == 3:
        return RfmGroup.LOYAL if much >= 4 else _middle(much)
    if much >= 4.5 and recency == 1:
        return RfmGroup.CANNOT_LOSE
    if much >= 3:
        return RfmGroup.SLIPPING
    return RfmGroup.ASLEEP if recency == 2 else RfmGroup.LOST


def _middle(much: float) -> RfmGroup:
    return RfmGroup.NEED_ATTENTION if much >= 2 else RfmGroup.ASLEEP


#: Every triple of scores.
RFM_GROUPS: dict[tuple[int, int, int], RfmGroup] = {
    (r, f, m): rfm_group(r, f, m) for r in range(1, 6) for f in range(1, 6) for m in range(1, 6)
}
