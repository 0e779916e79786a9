"""What a simulated CDNOW must show: published figures, and how far from them is still the same."""

from __future__ import annotations

from analytics.evaluation.acceptance.acceptance_target import Target

PAPER = "Fader, Hardie, Lee (2005)"
SAMPLE = "CDNOW sample, 2,357 customers"

#: Parameters as published for the sample, and as measured on the whole set.
SAMPLE_FIT = {"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426}
MASTER_FIT = {"r": 0.2516, "alpha": 4.789, "a": 0.7234, "b": 2.161}
SAMPLE_LOG_LIKELIHOOD = -9582.4

_TWO_ERRORS = "two standard errors of the real sample (its customers drawn again 300 times)"


def near(
    check: str, label: str, meaning: str, *, at: float, by: float, source: str, note: str = ""
) -> Target:
    """Return a target around a figure."""
    low, high = (round(at - by, 6), round(at + by, 6))
    return Target(check, label, meaning, low, high, source, note)


def fit_targets(
    prefix: str, of: str, fit: dict[str, float], share: float, source: str, note: str = ""
) -> dict[str, Target]:
    """Return the targets of a refit, by parameter."""
    meaning = f"BG/NBD fitted by maximum likelihood to 39 weeks of {of}."
    return {
        name: near(
            f"{prefix}_{name}", f"BG/NBD {name}, {of}", meaning, at=value, by=share * value,
            source=source, note=note,
        )
        for name, value in fit.items()
    }  # fmt: skip


LOG_LIKELIHOOD = near(
    "real_sample_log_likelihood", "BG/NBD log-likelihood, real sample",
    "At the fitted parameters; a better one would mean that the published fit was no optimum.",
    at=SAMPLE_LOG_LIKELIHOOD, by=0.5, source=PAPER,
)  # fmt: skip

COVERAGE = Target(
    "refit_interval_coverage", "95% intervals that hold the truth",
    "Share of the refits' intervals, over the four parameters and all seeds, that hold the "
    "parameter simulated from.", 0.9, None, "Methods guide, section 2",
)  # fmt: skip

FACTS = (
    near("zero_repeaters", "Customers who never buy again",
         "Share without a repeat purchase in 39 weeks.",
         at=0.599, by=0.02, source=SAMPLE, note=f"Tolerance: {_TWO_ERRORS}."),
    near("mean_repeats", "Repeat purchases a customer", "Mean in 39 weeks.",
         at=1.04, by=0.09, source=SAMPLE, note=f"Tolerance: {_TWO_ERRORS}."),
    near("gap_mean_days", "Mean gap between purchases", "Days, all gaps of 78 weeks.",
         at=71, by=4.5, source=SAMPLE, note=f"Tolerance: {_TWO_ERRORS}."),
    near("gap_median_days", "Median gap between purchases", "Days, all gaps of 78 weeks.",
         at=34, by=4, source=SAMPLE, note=f"Tolerance: {_TWO_ERRORS}."),
    near("gap_q90_days", "Long gap between purchases",
         "Days that nine of ten gaps stay below, 78 weeks.",
         at=196, by=16, source=SAMPLE, note=f"Tolerance: {_TWO_ERRORS}."),
    near("gap_cv", "Spread of the gaps", "Standard deviation by mean, 78 weeks.",
         at=1.29, by=0.05, source=SAMPLE, note=f"Tolerance: {_TWO_ERRORS}."),
    Target("regularity_k", "Regularity of the rhythm",
           "Shape k of the gaps (Wheat, Morrison): 1 is at random, more is regular.",
           0.9, 1.2, "Methods guide, section 2: about 1 in e-commerce",
           "The real sample shows 1.10, give or take 0.03."),
    Target("top_fifth_spend", "Spend of the best fifth",
           "Share of all spend in 39 weeks that a fifth of the customers makes.",
           0.55, 0.8, "Methods guide, section 2", "The real sample shows 0.63."),
    near("gamma_gamma_p", "Gamma-gamma p", "Fitted to the repeat purchases of 39 weeks.",
         at=6.25, by=0.625, source="Fader, Hardie (2013)", note="Tolerance: 10%."),
    near("gamma_gamma_q", "Gamma-gamma q", "Fitted to the repeat purchases of 39 weeks.",
         at=3.74, by=0.374, source="Fader, Hardie (2013)", note="Tolerance: 10%."),
    near("gamma_gamma_gamma", "Gamma-gamma gamma", "Fitted to the repeat purchases of 39 weeks.",
         at=15.44, by=1.544, source="Fader, Hardie (2013)", note="Tolerance: 10%."),
    near("mean_spend", "Mean spend a purchase",
         "Dollars, among all customers by the fitted gamma-gamma.",
         at=35.2, by=1.9, source="Fader, Hardie (2013)", note=f"Tolerance: {_TWO_ERRORS}."),
    near("spend_frequency_correlation", "Frequent customers spend more a purchase",
         "Correlation of repeat purchases and their mean spend, 39 weeks.",
         at=0.11, by=0.06, source=SAMPLE,
         note="Tolerance: one standard error, since the whole set (0.08) leaves no doubt that it "
         "is above 0. Gamma-gamma takes the two for independent, and so does this preset."),
    Target("weekday_difference", "Days of the week",
           "Largest difference of a day's share of purchases from the real one.",
           None, 0.01, SAMPLE, "Tolerance: two standard errors of a share of 6,696 purchases."),
)  # fmt: skip

TOLD_APART = Target(
    "real_or_simulated_auc", "Real or simulated?",
    "AUC of boosting that tells real from simulated customers by their first three gaps and "
    "spends, out of fold; 0.5 is not at all.", None, 0.65, "Methods guide, section 2",
    "What tells them apart are price tags: six of a hundred real customers first paid 11.77 "
    "exactly, and gamma-gamma knows no prices. By their gaps alone they hardly can be (next row).",
)  # fmt: skip
TOLD_APART_BY_GAPS = Target(
    "real_or_simulated_gaps_auc", "Real or simulated, by the gaps?",
    "The same by the first three gaps alone.", None, 0.65, "Methods guide, section 2",
)  # fmt: skip
TRANSFER = near(
    "train_simulated_test_real", "What is learned from simulated customers holds for real ones",
    "AUC of who buys again in the next 39 weeks on real customers: logistic regression trained on "
    "simulated ones, less the same trained on real ones.",
    at=0.0, by=0.03, source="Methods guide, section 2",
)  # fmt: skip
