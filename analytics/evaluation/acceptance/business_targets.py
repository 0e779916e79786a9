"""What a simulated business must show: facts of real ones, and a task that is neither easy nor
hopeless."""

from __future__ import annotations

from analytics.evaluation.acceptance.acceptance_target import Target

_GUIDE = "Methods guide, section 2: acceptance table"
_EARLY = "recently active customers"

ORACLE = Target(
    "oracle_early_auc",
    "What the hidden state tells of early leavers",
    f"AUC among {_EARLY} of a learner that sees state, latent frustration and traits, for silent "
    "exits within the label's window; never learned from the same customer.",
    0.82, 0.90, _GUIDE,
)  # fmt: skip
RECENCY = Target(
    "recency_early_auc",
    "What days of silence tell of early leavers",
    f"AUC among {_EARLY} of days since the last activity alone, for the same exits.",
    0.55, 0.65, _GUIDE,
)  # fmt: skip
RECORDS = Target(
    "records_early_auc",
    "What the records tell of early leavers",
    f"AUC among {_EARLY} of gradient boosting on the product's features, taught the true exits; "
    "never learned from the same customer.",
    0.72, 0.82, _GUIDE,
)  # fmt: skip
BEST = Target(
    "best_model_early_auc",
    "Best model on early leavers",
    f"Highest AUC among {_EARLY} of any model of the product on its test dates, or of boosting "
    "taught the true exits. Above 0.95 the simulator would be a toy.",
    None, 0.95, _GUIDE,
)  # fmt: skip
FRUSTRATION = Target(
    "frustration_worth_auc",
    "What knowing the true frustration is worth",
    "Early AUC of the hidden state minus that without latent frustration.",
    0.02, None, _GUIDE,
)  # fmt: skip
KAPPA = Target(
    "label_kappa",
    "Label against truth",
    "Agreement beyond chance (Cohen's kappa) of the product's label with true silent exits by the "
    "end of its window.",
    0.6, 0.8, _GUIDE,
)  # fmt: skip
SILENT = Target(
    "silent_share",
    "Silent share of the exits",
    "Silent exits divided by all exits.",
    0.5, 0.7, _GUIDE,
)  # fmt: skip
SURVIVAL = Target(
    "retention_misfit",
    "Retention curve against shifted beta-geometric",
    "Largest distance between the survival of new customers over nine periods of 28 days, mean of "
    "the seeds, and the best shifted beta-geometric curve.",
    None, 0.02, _GUIDE,
)  # fmt: skip
RISING = Target(
    "retention_rise",
    "Retention rises with age",
    "Mean retention per 28 days of the later half of the periods minus that of the earlier half, "
    "from the mean survival of the seeds.",
    0.0, None, "Fader and Hardie (2007)",
)  # fmt: skip
YEARLY = Target(
    "yearly_retention",
    "Customers still there after a year",
    "Share of the customers of the first day who have not left after 52 weeks.",
    0.6, 0.85, "Methods guide, section 2: 0.75 in its own simulator",
)  # fmt: skip
MUTE = Target(
    "frustrated_and_mute",
    "Frustrated customers who never speak",
    "Share of the customers with a latent frustration of 1.5 or more at some time who never wrote "
    "a ticket or a complaint.",
    0.15, 0.7, "The product's reason to be: they must exist",
)  # fmt: skip
CONCENTRATION = Target(
    "top_fifth_money",
    "Share of the money from the best fifth",
    "What the 20% of customers who pay most bring, in the whole period.",
    0.55, 0.80, _GUIDE,
)  # fmt: skip
WEEKEND = Target(
    "weekend_share",
    "Activity on weekends",
    "Active days on Saturday and Sunday, as a share of all.",
    None, 0.15, f"{_GUIDE} (business customers)",
)  # fmt: skip
REGULARITY = {
    "saas": Target(
        "regularity_k", "Regularity of the gaps",
        "Wheat and Morrison's k of successive gaps between active days: 1 is pure chance, more is "
        "more regular.", 1.5, 3.0, f"{_GUIDE} (software)",
    ),
    "retail": Target(
        "regularity_k", "Regularity of the gaps",
        "Wheat and Morrison's k of successive gaps between days with an order: 1 is pure chance.",
        0.8, 1.5, f"{_GUIDE} (about 1 in e-commerce)",
    ),
}  # fmt: skip

ALL = (
    ORACLE, RECENCY, RECORDS, BEST, FRUSTRATION, KAPPA, SILENT, YEARLY, SURVIVAL, RISING, MUTE,
    CONCENTRATION,
)  # fmt: skip


def targets_of(preset: str) -> tuple[Target, ...]:
    """Return the rows of a preset."""
    own = [REGULARITY[preset]] if preset in REGULARITY else []
    return (*ALL, *own, *([WEEKEND] if preset == "saas" else []))
