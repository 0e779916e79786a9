"""The range of customer keys that holds everybody."""

from __future__ import annotations

#: For engines that count all customers at once.
EVERYBODY = {"first_key": 0, "past_key": 2_147_483_647}
