"""RFM: how lately, how often and for how much, each from 1 to 5, and the names of the groups.

The names hold by themselves, not only in comparison: who has lapsed or left scores 1 for recency,
who is late against the own rhythm 2, and only who is within it 3 to 5; who was active on one day in
180 scores 1 for frequency.
"""

from __future__ import annotations

from enum import StrEnum

#: Scores of recency that do not depend on anybody else.
GONE, LATE, LEAST_PRESENT = 1, 2, 3


class RfmGroup(StrEnum):
    """What the three scores say together."""

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
    RfmGroup.CHAMPIONS: "Within the own rhythm, often here, and for much.",
    RfmGroup.LOYAL: "Within the own rhythm, and often here.",
    RfmGroup.PROMISING: "Seen lately, and on the way to often.",
    RfmGroup.NEWLY_ACTIVE: "Seen lately, but seldom so far.",
    RfmGroup.NEED_ATTENTION: "Within the own rhythm, but neither lately nor often.",
    RfmGroup.SLIPPING: "Often here or for much, but silent for longer than usual, or left.",
    RfmGroup.CANNOT_LOSE: "Among the most active and valuable, but silent for longer than usual, "
    "or left.",
    RfmGroup.ASLEEP: "Seldom here, and silent for longer than usual.",
    RfmGroup.LOST: "Lapsed or left, and seldom here in the last half year.",
}


def rfm_group_word(group: str) -> str:
    """Return a group as shown on a screen, and what it says of the customer."""
    known = group in RFM_MEANINGS
    return f"{RfmGroup(group).label}. {RFM_MEANINGS[RfmGroup(group)]}" if known else group


def rfm_group(recency: int, frequency: int, money: int) -> RfmGroup:
    """Return the group of three scores from 1 to 5."""
    if recency < LEAST_PRESENT:
        return _silent(recency, frequency, money)
    if frequency >= 4 and money >= 4 and recency >= 4:
        return RfmGroup.CHAMPIONS
    if frequency >= 4 or (frequency == 3 and money >= 3 and recency >= 4):
        return RfmGroup.LOYAL
    if recency == LEAST_PRESENT:
        return RfmGroup.NEED_ATTENTION
    return RfmGroup.PROMISING if frequency >= 2 else RfmGroup.NEWLY_ACTIVE


def _silent(recency: int, frequency: int, money: int) -> RfmGroup:
    """Return the group of one who is late against the own rhythm, has lapsed or has left."""
    if frequency >= 4 and money >= 4:
        return RfmGroup.CANNOT_LOSE
    if frequency >= 3 or (recency == LATE and frequency + money >= 6):
        return RfmGroup.SLIPPING
    return RfmGroup.ASLEEP if recency == LATE else RfmGroup.LOST


#: Every triple of scores.
RFM_GROUPS: dict[tuple[int, int, int], RfmGroup] = {
    (r, f, m): rfm_group(r, f, m) for r in range(1, 6) for f in range(1, 6) for m in range(1, 6)
}
