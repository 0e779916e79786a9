"""How long a test waits for what must come."""

from __future__ import annotations

#: Ends a test that hangs. It bounds no speed: a machine many times slower must pass as well.
PATIENCE_S = 1800
