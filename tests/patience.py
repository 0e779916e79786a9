"""How long a test waits for what must come."""

from __future__ import annotations

#: Ends a test that hangs. It bounds no speed: a machine many times slower must pass as well.
PATIENCE_S = 1800

#: Ends a look at a page for what does not come, so that one fault does not hold up a whole run. A
#: page takes a second or two; a machine many times slower must pass as well.
LOOK_S = 240
