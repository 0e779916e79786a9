"""What each model is called, on every page, in the report and in the files."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

#: By the name that scripts rely on, from the simplest to the richest.
MODEL_LABELS: Mapping[str, str] = MappingProxyType(
    {
        "base_rate": "The average of all",
        "recency": "Days silent alone",
        "cadence": "Silence against own rhythm",
        "bgnbd": "Purchase rhythm with dropout (BG/NBD)",
        "rfm_logistic": "Recency, frequency, value, rhythm",
        "rfm_bgnbd": "Recency, frequency, value, rhythm, BG/NBD",
        "logistic_regression": "Logistic regression",
        "random_forest": "Random forest",
        "gradient_boosting": "Gradient boosting",
        "hazard": "Weekly hazard of each way to leave",
        "exit_logistic": "Logistic regression on exits",
        "exit_hazard": "Weekly hazard of exits",
        "exit_mean": "Exits: logistic regression and hazard together",
        "exit_and_forest": "Exits and random forest together",
        "isolation_forest": "Isolation forest (a flag, not a probability)",
    }
)


def model_label(name: str) -> str:
    """Return a model's name in words."""
    return MODEL_LABELS.get(name, name.replace("_", " ").capitalize())
