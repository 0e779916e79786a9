"""The constants that docs/methods.md states are those of the code."""

from __future__ import annotations

import pytest

from analytics.domain.customer.risk_tier import BAND_CUTS, FrustrationBand
from analytics.domain.customer.state import FADING_AT, FADING_ENDS_AT
from analytics.domain.customer.tier_cuts import AT_RISK_SHARE, DOWN_BELOW_ODDS, WORKABLE_SHARE
from analytics.domain.frustration import (
    FRESH_FROM_ACTIVE_DAYS_28D,
    FRICTION_CHANNELS,
    OPEN_TICKET_HELD_DAYS,
    SUPPRESSED_FROM_INDEX,
)
from analytics.domain.numbers.measures import NORMAL_90
from analytics.domain.profiles.profile_file import SHIPPED_PROFILES, load_profile
from analytics.domain.tables.flag_tables import DAYS_AHEAD_COUNTED, RULE_SILENT_DAYS
from analytics.domain.words.ladder_words import (
    MOST_AUC_LOST,
    MOST_BRIER_SHARE_LOST,
    SMALLEST_AUC_GAIN,
    SMALLEST_BRIER_SHARE,
)
from analytics.features.families.rhythm_accumulators import (
    REFERENCE_SKIP_DAYS,
    REFERENCE_WINDOW_DAYS,
)
from analytics.features.finish import RATE_PRIOR_ACTIVE_DAYS
from analytics.features.outcomes.labels import VOCAL_LOOKBACK_DAYS
from analytics.features.outcomes.silences import WEEKS_AHEAD
from analytics.features.rhythm import MIN_OWN_GAPS
from analytics.features.state_filter.population_course import (
    FIRST_FIT_WEEKS,
    FIT_EVERY_WEEKS,
    MOST_TAUGHT,
)
from analytics.features.state_filter.state_model import FACTORS
from analytics.features.state_filter.trouble_memory import KEPT_A_WEEK
from analytics.modelling.explaining.reason_stability import REASONS_STABLE_FROM, TOP
from analytics.modelling.explaining.shapley import MOST_PLAYERS
from analytics.modelling.leakage.gates import RANDOM_SPLIT_GAIN
from analytics.modelling.leakage.single_column_gate import GIVEAWAY_AUC
from analytics.modelling.lifetime.future_spend import FEWEST_REPEATERS, HIGHEST_CORRELATION
from analytics.modelling.measuring.alerts import ALERTED_SHARE
from analytics.modelling.models.calibrated import BETA_FROM_ROWS
from analytics.modelling.models.estimators import EXIT_HAZARD_WEEKS
from analytics.modelling.models.uncertainty import REFITS
from analytics.modelling.observing.aftermath import EXIT_SILENT_DAYS, EXIT_WEEKS, FEWEST_EXIT_WEEKS
from analytics.modelling.past_dates.alerted_shares import (
    ENOUGH_WEEKS,
    FALSE_ALERT_SHARE,
    LEAST_SHARE,
    MOST_SHARE,
)
from analytics.scoring.activity_states.own_baseline import RECENT_WEEKS, REFERENCE_WEEKS
from analytics.scoring.explanations.causes import MORE_THAN_MOST
from analytics.scoring.explanations.pulls_away import (
    ARRIVAL_PULL,
    FIT_PULL,
    PRICE_RISE_DAYS,
    PRICE_RISE_PULL,
    RENEWAL_DAYS,
    RENEWAL_PULL,
    SETTLED_BY,
    SETTLING_WEEKS,
)
from analytics.scoring.frustration.frustration_index import RATE_SHARE, SCALE
from analytics.scoring.segments import clusters
from tests.docs.written_pages import text_of

HALF_LIVES = sorted({one.half_life_days for one in FRICTION_CHANNELS})

SENTENCES = (
    f"in the last {REFERENCE_WINDOW_DAYS} days without the last {REFERENCE_SKIP_DAYS} days",
    f"*r* = {RATE_PRIOR_ACTIVE_DAYS:g} active days",
    f"fewer than {MIN_OWN_GAPS} own gaps",
    f"from {VOCAL_LOOKBACK_DAYS} days before *t*",
    f"at least {SMALLEST_AUC_GAIN:.3f}".replace("0.", "."),
    f"at least {SMALLEST_BRIER_SHARE:.1%} of the score",
    f"loses, by the label, at most {MOST_AUC_LOST:.2f} of AUC and "
    f"{MOST_BRIER_SHARE_LOST:.0%} of the Brier score".replace("0.", "."),
    f"no activity for {EXIT_SILENT_DAYS} days, or for the own horizon if longer; it is looked for "
    f"in the {EXIT_WEEKS} weeks after a test date, or in as many as are known, from "
    f"{FEWEST_EXIT_WEEKS} on",
    f"a weekly hazard of exits over {EXIT_HAZARD_WEEKS} weeks",
    f"after {FIRST_FIT_WEEKS} weeks and every {FIT_EVERY_WEEKS} weeks from then on, on up to "
    f"{MOST_TAUGHT:,} customers",
    f"{FACTORS[2]:.0%}, {FACTORS[3]:.0%}, {FACTORS[4]:.0%} and {FACTORS[5]:.0%} of the own rate of "
    f"active days); dormant ({FACTORS[6]:.0%})",
    f"of which {KEPT_A_WEEK:.0%} is left after a week",
    f"a sigmoid below {BETA_FROM_ROWS:,} rows",
    f"over {WEEKS_AHEAD} weeks",
    f"{REFITS} refits",
    f"the riskiest of those whom a rule of {RULE_SILENT_DAYS} silent days",
    f"the first alert of the last {DAYS_AHEAD_COUNTED} days",
    f"would have called {FALSE_ALERT_SHARE:.0%} of those who stayed",
    f"between {LEAST_SHARE:.0%} and {MOST_SHARE:.0%}; {ALERTED_SHARE:.1%} until "
    f"{'four' if ENOUGH_WEEKS == 4 else ENOUGH_WEEKS} weeks are known",
    f"an AUC of {GIVEAWAY_AUC:.2f} or more".replace("0.", "."),
    f"by more than {RANDOM_SPLIT_GAIN:.2f} in AUC (whole".replace("0.", "."),
    f"names {AT_RISK_SHARE[0]:.0%} to {AT_RISK_SHARE[1]:.0%} of the scored customers",
    f"({WORKABLE_SHARE[0]:.0%} to {WORKABLE_SHARE[1]:.0%} where many share one risk)",
    f"below {DOWN_BELOW_ODDS:.0%} of the cut's",
    f"at most {MOST_PLAYERS} themes, all {2**MOST_PLAYERS} coalitions",
    f"first {'three' if TOP == 3 else TOP} of fewer than {REASONS_STABLE_FROM:.0%} of the refits",
    f"more than {MORE_THAN_MOST:.0%} of the scored customers had less of it",
    f"{PRICE_RISE_PULL:g} for {PRICE_RISE_DAYS} days after a price rise plus {RENEWAL_PULL:g} in "
    f"the {RENEWAL_DAYS} days".replace("0.", "."),
    f"{ARRIVAL_PULL:g} − {SETTLED_BY:g} ln(1 + weeks as a customer / {SETTLING_WEEKS}); a poor fit "
    f"{FIT_PULL:g}".replace("0.", "."),
    f"half-life of {HALF_LIVES[0]} days on the screen and {HALF_LIVES[1]} days in service",
    f"does not fade for {OPEN_TICKET_HELD_DAYS} days",
    f"{RATE_SHARE:.0%} of the strength",
    f"exp(−Σ w φ / {SCALE})",
    f"From {BAND_CUTS[FrustrationBand.IRRITATED]:.0f} it is called irritated, from "
    f"{BAND_CUTS[FrustrationBand.FRUSTRATED]:.0f} frustrated, from "
    f"{BAND_CUTS[FrustrationBand.CRITICAL]:.0f} critical",
    f"an index of {SUPPRESSED_FROM_INDEX:.0f} or more and no ticket",
    f"fewer than {FRESH_FROM_ACTIVE_DAYS_28D} active days in 28",
    f"correlation above {HIGHEST_CORRELATION}) or fewer than {FEWEST_REPEATERS} customers".replace(
        "0.", "."
    ),
    f"± {NORMAL_90:.2f} √",
    f"the last {RECENT_WEEKS} weeks with the {REFERENCE_WEEKS} weeks before",
    f"Fading begins at {FADING_AT:.0%}",
    f"ends at {FADING_ENDS_AT:.0%}",
    f"at least {clusters.CLUSTERS_STABLE_FROM:.2f}".replace("0.", "."),
)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_constant_stands_there_as_the_code_has_it(sentence: str) -> None:
    assert sentence in " ".join(text_of("docs/methods.md").split())


def test_the_gap_is_that_of_every_shipped_profile() -> None:
    assert {load_profile(name).gap_days for name in SHIPPED_PROFILES} == {7}
    assert "(7 in the profiles that ship)" in text_of("docs/methods.md")
