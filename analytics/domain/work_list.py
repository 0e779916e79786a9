"""What notes and the work list may hold; page, service and state store refuse the same."""

from __future__ import annotations

#: What may have become of an item of the work list.
WORK_STATUSES = ("open", "done", "dropped")
MAX_NOTE_LENGTH = 2_000
#: Of a person: the author of a note, the owner of an item, who saved a segment.
MAX_NAME_LENGTH = 80
#: As many characters as the work list's table holds.
MAX_ACTION_LENGTH = 120
