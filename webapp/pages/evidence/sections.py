"""The parts of the evidence page in their order; a new one is a record here and its view."""

from __future__ import annotations

from analytics.domain.customer.risk_tier import FRUSTRATED_FROM
from analytics.domain.tables.evidence_tables import (
    BacktestScore,
    LadderStep,
    LeakageCheck,
    PlainRule,
    RiskBin,
)
from analytics.domain.tables.flag_tables import (
    AlertLeadTime,
    CapacityPoint,
    ModelProfit,
    PastLoss,
    PastMonth,
)
from analytics.domain.tables.frustration_tables import (
    FrustrationCheck,
    FrustrationGroup,
    JudgedRanking,
    PartWeight,
)
from analytics.domain.tables.history_tables import PastPortfolio
from analytics.domain.tables.value_tables import PastRevenue
from webapp.pages.evidence.data.assumptions_view import assumptions_view
from webapp.pages.evidence.data.quality_view import pairs_view, quality_view
from webapp.pages.evidence.frustration.checks_view import frustration_checks_view
from webapp.pages.evidence.frustration.suppressed_view import suppressed_view
from webapp.pages.evidence.frustration.weights_view import frustration_weights_view
from webapp.pages.evidence.glossary import glossary
from webapp.pages.evidence.models.calibration_view import calibration_view
from webapp.pages.evidence.models.capacity_view import capacity_view
from webapp.pages.evidence.models.comparison_view import comparison_view
from webapp.pages.evidence.models.features_view import features_view
from webapp.pages.evidence.models.gates_view import gates_view
from webapp.pages.evidence.models.ladder_view import ladder_view
from webapp.pages.evidence.models.rules_view import rules_view
from webapp.pages.evidence.models.slices_view import slices_view
from webapp.pages.evidence.past_dates.lead_time_view import lead_time_view
from webapp.pages.evidence.past_dates.past_losses_view import past_losses_view
from webapp.pages.evidence.past_dates.past_months_view import past_months_view
from webapp.pages.evidence.past_dates.past_revenue_view import past_revenue_view
from webapp.pages.evidence.past_dates.said_seen_view import predicted_observed_view
from webapp.pages.evidence.past_dates.tier_records_view import tier_records_view
from webapp.pages.evidence.section import Section, anchor_of
from webapp.pages.evidence.simulated.acceptance_view import acceptance_view
from webapp.pages.evidence.verdict_view import verdict_view

VERDICT = Section(
    "verdict",
    "Verdict",
    "Verdict",
    verdict_view,
    waiting="bars",
)

TESTED = (
    Section(
        "ladder",
        "Does the model earn its place?",
        "Against simpler models",
        ladder_view,
        note="Each model against the best one below it, for the same customers on the test dates. "
        "One that does not win with its whole interval is not used.",
        reads=(LadderStep, BacktestScore),
    ),
    Section(
        "months",
        "What happened in past months?",
        "Past months",
        lambda result: [*past_months_view(result), *tier_records_view(result)],
        note="On each past date: whom that day's score alone flagged, and who went silent after "
        "it.",
        reads=(PastMonth,),
    ),
    Section(
        "revenue",
        "Did we lose what we predicted?",
        "Money said and lost",
        past_revenue_view,
        note="Revenue at risk as it would have been said on each past date, against the value at "
        "stake of those who then went silent.",
        reads=(PastRevenue,),
    ),
    Section(
        "lead_time",
        "How early?",
        "How early",
        lead_time_view,
        note="Customers scored week by week in the past; all ways make as many alerts.",
        reads=(AlertLeadTime,),
    ),
    Section(
        "losses",
        "What did we say of those we lost?",
        "Those we lost",
        past_losses_view,
        note="The risk said in the past of customers who then went silent, by models of that time.",
        reads=(PastLoss,),
    ),
)
JUDGED = (
    Section(
        "calibration",
        "Is a risk of 30% a risk of 30%?",
        "Are risks right",
        calibration_view,
        note="The model in use on the test dates. On the dashed line, as many went silent as "
        "predicted.",
        reads=(RiskBin,),
    ),
    Section(
        "predicted_observed",
        "Predicted and observed by date",
        "By date",
        predicted_observed_view,
        note="Share of the scored customers; the last dates are still open.",
        reads=(PastPortfolio,),
    ),
    Section(
        "slices",
        "For whom does it work?",
        "For whom",
        slices_view,
        note="AUC: chance that a leaver is ranked above a stayer; 0.5 is a coin toss.",
        reads=(BacktestScore,),
    ),
    Section(
        "capacity",
        "How many should we contact?",
        "How many to contact",
        capacity_view,
        note="What contacting the first so many on the test dates would have given. Money rests "
        "on the profile's costs, margin and assumed save rate.",
        reads=(CapacityPoint, ModelProfit),
    ),
    Section(
        "rules",
        "What do plain rules tell?",
        "Plain rules",
        rules_view,
        note="Rules that need no model, held against the past. Lift 2: those for whom the rule "
        "held went silent twice as often as all scored customers.",
        reads=(PlainRule,),
    ),
    Section(
        "gates",
        "Could the numbers flatter?",
        "Leakage checks",
        gates_view,
        note="Checks that no answer leaked into the question. A run that fails one is not "
        "published.",
        reads=(LeakageCheck,),
    ),
)
FRUSTRATION = (
    Section(
        "frustration_checks",
        "Does the frustration index measure frustration?",
        "Frustration index",
        lambda result: frustration_checks_view(result.frustration),
        note="Checks on past dates, each with what was hoped for. The index counts what went "
        "wrong for a customer; no churn was used to make it.",
        reads=(FrustrationCheck,),
    ),
    Section(
        "frustration_weights",
        "What does the frustration index weigh?",
        "Its weights",
        lambda result: frustration_weights_view(result.frustration),
        note="Weights by judgement beside weights learned from what customers told us within 28 "
        "days after earlier dates, and how both rank who spoke up after later ones.",
        reads=(PartWeight, JudgedRanking),
    ),
    Section(
        "suppressed",
        "Who is frustrated and says nothing?",
        "Frustrated but silent",
        lambda result: suppressed_view(result.frustration),
        note=f"Frustration index of {FRUSTRATED_FROM} or more and no ticket, complaint or request "
        "in 90 days, and what became of such customers after past dates.",
        reads=(FrustrationGroup,),
    ),
)
COMPARISON = Section(
    "comparison",
    "What changed since the last run?",
    "Since the last run",
    lambda result: comparison_view(result.claim.comparison),
    waiting="bars",
)
FEATURES = Section(
    "features",
    "Features",
    "Features",
    lambda result: features_view(result.features),
    note="Every number that the models may see of a customer, as of the date of the data.",
)
GLOSSARY = Section(
    "glossary",
    "Glossary",
    "Glossary",
    lambda result: glossary(result.stamp.tiers),
    note="One definition for screen, CSV and SQL.",
    waiting="bars",
)
#: Of runs on simulated data only; a panel of its own.
ACCEPTANCE = Section(
    "acceptance", "", "", lambda result: acceptance_view(result.acceptance), waiting=""
)
DATA = (
    Section(
        "quality",
        "Data quality",
        "",
        lambda result: quality_view(result.data_quality),
        note="Accepted and rejected rows add up to the rows read.",
        waiting="bars",
    ),
    Section("assumptions", "Assumed, not measured", "", assumptions_view, waiting="bars"),
    Section(
        "versions",
        "Versions",
        "",
        lambda result: pairs_view(result.versions),
        waiting="bars",
    ),
)

#: Every part, in the order of the page.
SECTIONS: tuple[Section, ...] = (
    VERDICT,
    *TESTED,
    *JUDGED,
    *FRUSTRATION,
    COMPARISON,
    ACCEPTANCE,
    FEATURES,
    *DATA,
    GLOSSARY,
)

DATA_ANCHOR = anchor_of("data")
_BEFORE_DATA = (VERDICT, *TESTED, *JUDGED, *FRUSTRATION, COMPARISON, FEATURES)
#: Lines of the table of contents: where they lead, and their words.
CONTENTS: tuple[tuple[str, str], ...] = (
    *((section.anchor, section.short) for section in _BEFORE_DATA),
    (DATA_ANCHOR, "Data and assumptions"),
    (GLOSSARY.anchor, GLOSSARY.short),
)
