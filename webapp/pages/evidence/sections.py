"""The parts of the evidence page in their order: question, place, and line of the contents."""

from __future__ import annotations

from dataclasses import dataclass

from webapp.pages.evidence.ids import EvidenceIds as Ids


@dataclass(frozen=True)
class Section:
    """One part of the page.

    Parameters
    ----------
    at
        Where the table of contents leads.
    slot
        Where its content is filled in.
    short
        Its line in the table of contents.
    waiting
        Kind of skeleton that holds its place.
    """

    at: Ids
    slot: Ids
    title: str
    short: str
    note: str = ""
    waiting: str = "table"


VERDICT = Section(Ids.AT_VERDICT, Ids.VERDICT, "Verdict", "Verdict", waiting="bars")

TESTED = (
    Section(
        Ids.AT_LADDER,
        Ids.LADDER,
        "Does the model earn its place?",
        "Against simpler models",
        "Each model against the best one below it, for the same customers on the test dates. One "
        "that does not win with its whole interval is not used.",
    ),
    Section(
        Ids.AT_MONTHS,
        Ids.MONTHS,
        "What happened in past months?",
        "Past months",
        "On each past date: whom that day's score alone flagged, and who went silent after it.",
    ),
    Section(
        Ids.AT_REVENUE,
        Ids.REVENUE,
        "Did we lose what we said?",
        "Money said and lost",
        "Revenue at risk as it would have been said on each past date, against the value at stake "
        "of those who then went silent.",
    ),
    Section(
        Ids.AT_LEAD_TIME,
        Ids.LEAD_TIME,
        "How early?",
        "How early",
        "Customers scored week by week in the past; all ways make as many alerts.",
    ),
    Section(
        Ids.AT_LOSSES,
        Ids.LOSSES,
        "What did we say of those we lost?",
        "Those we lost",
        "The risk said in the past of customers who then went silent, by models of that time.",
    ),
)
JUDGED = (
    Section(
        Ids.AT_CALIBRATION,
        Ids.CALIBRATION,
        "Is a risk of 30% a risk of 30%?",
        "Are risks right",
        "The model in use on the test dates. On the dashed line, what was said is what came.",
    ),
    Section(
        Ids.AT_SAID_SEEN,
        Ids.SAID_SEEN,
        "Said and seen by date",
        "By date",
        "Share of the scored customers; the last dates are still open.",
    ),
    Section(
        Ids.AT_SLICES,
        Ids.SLICES,
        "For whom does it work?",
        "For whom",
        "AUC: chance that a leaver is ranked above a stayer; 0.5 is a coin toss.",
    ),
    Section(
        Ids.AT_CAPACITY,
        Ids.CAPACITY,
        "How many should we contact?",
        "How many to contact",
        "What contacting the first so many on the test dates would have given. Money rests on the "
        "profile's costs, margin and assumed save rate.",
    ),
    Section(
        Ids.AT_RULES,
        Ids.RULES,
        "What do plain rules tell?",
        "Plain rules",
        "Rules that need no model, held against the past. Lift 2: those for whom the rule held "
        "went silent twice as often as all scored customers.",
    ),
    Section(
        Ids.AT_GATES,
        Ids.GATES,
        "Could the numbers flatter?",
        "Leak checks",
        "Checks that no answer leaked into the question. A run that fails one is not published.",
    ),
)
FELT = (
    Section(
        Ids.AT_FRUSTRATION_CHECKS,
        Ids.FRUSTRATION_CHECKS,
        "Does the frustration index measure frustration?",
        "Frustration index",
        "Checks on past dates, each with what was hoped for. The index counts what went wrong for "
        "a customer; no churn was used to make it.",
    ),
    Section(
        Ids.AT_FRUSTRATION_WEIGHTS,
        Ids.FRUSTRATION_WEIGHTS,
        "What does the frustration index weigh?",
        "Its weights",
        "Weights by judgement beside weights learned from what customers told us within 28 days "
        "after earlier dates, and how both rank who spoke up after later ones.",
    ),
    Section(
        Ids.AT_SUPPRESSED,
        Ids.SUPPRESSED,
        "Who is frustrated and says nothing?",
        "Frustrated but silent",
        "Frustration index of 40 or more and no ticket, complaint or request in 90 days, and what "
        "became of such customers after past dates.",
    ),
)
COMPARISON = Section(
    Ids.AT_COMPARISON,
    Ids.COMPARISON,
    "What changed since the last run?",
    "Since the last run",
    waiting="bars",
)
FEATURES = Section(
    Ids.AT_FEATURES,
    Ids.FEATURES,
    "Features",
    "Features",
    "Every number that the models may see of a customer, as of the date of the data.",
)
GLOSSARY = Section(
    Ids.AT_GLOSSARY,
    Ids.GLOSSARY,
    "Glossary",
    "Glossary",
    "One definition for screen, CSV and SQL.",
    waiting="bars",
)
#: Lines of the table of contents: where they lead, and their words.
CONTENTS: tuple[tuple[str, str], ...] = (
    *((one.at, one.short) for one in (VERDICT, *TESTED, *JUDGED, *FELT, COMPARISON, FEATURES)),
    (Ids.AT_DATA, "Data and assumptions"),
    (GLOSSARY.at, GLOSSARY.short),
)
