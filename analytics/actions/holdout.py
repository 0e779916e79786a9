"""The holdout: customers kept out of all actions at random, so that effects can be measured."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

_SALT = b"silent-churn holdout 1:"


def in_holdout(customer_ids: Sequence[str], share: float) -> npt.NDArray[np.bool_]:
    """Return who is in the holdout.

    The draw is a hash of the id: random with regard to everything we know, and the same in every
    run, so that nobody drifts in or out.
    """
    cut = int(share * 2**32)
    return np.array(
        [
            int.from_bytes(hashlib.blake2b(_SALT + customer_id.encode(), digest_size=4).digest())
            < cut
            for customer_id in customer_ids
        ],
        dtype=bool,
    )
