"""Guesses a mapping for one file, and tries it before anybody else does."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from analytics.domain.event_log.event_words import plain_name
from analytics.domain.words.counting import counted
from analytics.errors import BadInput, ContractFailed, SilentChurnError
from analytics.etl.guess.file_form import file_form
from analytics.etl.guess.looked_at import look_at
from analytics.etl.guess.roles import Roles, roles_of
from analytics.etl.guess.write import Guess, as_toml, guesses_of
from analytics.etl.ingest import IngestRequest, ingest
from analytics.etl.mappings.mapping_file import parse_mapping
from analytics.etl.rows.refusals import SNAPSHOT_SENTENCE

_FEWEST_COLUMNS = 2
#: Share of refused rows that ingest lets pass where nobody sets another.
MOST_REFUSED = IngestRequest.max_reject_share


@dataclass(frozen=True)
class FirstMapping:
    """A guessed mapping.

    Parameters
    ----------
    text
        The mapping as TOML.
    tried
        What came of trying it on the file, in a sentence.
    event_types
        Events of each type that would land.
    lands
        False where ingest would refuse the file with this mapping.
    """

    text: str
    guesses: tuple[Guess, ...]
    tried: str
    event_types: Mapping[str, int]
    lands: bool = True


def first_mapping(path: Path, now: datetime) -> FirstMapping:
    """Return a mapping for a file, made of what its columns are called and hold.

    Raises
    ------
    BadInput
        The file is missing, empty or cannot be read in any form.
    ContractFailed
        No column holds times, so it is no log.
    """
    form = file_form(path)
    looked = look_at(path, form)
    if len(looked.columns) < _FEWEST_COLUMNS:
        raise BadInput(
            "A log must have a column of customers and one of times, parted by commas, semicolons, "
            f"tabs or bars; of fixed width it needs a mapping of your own (fixed_width). "
            f"Got {path.name} with {counted(len(looked.columns), 'column')}.",
            rule="columns_parted",
            got=path.name,
        )
    words = [plain_name(part) for part in re.split(r"[\W\d_]+", path.stem) if part]
    title = path.stem.replace("_", " ").strip().capitalize() or "A log"
    trials: list[_Trial] = []
    passed_over: set[str] = set()
    while not any(trial.lands for trial in trials):
        roles = roles_of(looked, words, now, passed_over)
        if roles is None:
            raise ContractFailed(SNAPSHOT_SENTENCE, rule="event_times", got=path.name)
        guesses = guesses_of(form, roles, looked, path.name)
        said, refused, types = _tried(as_toml(guesses, roles, title, looked, ""), path, now)
        trials.append(_Trial(roles, guesses, said, refused, types))
        if roles.event_type is None:
            break
        passed_over.add(roles.event_type.name)
    best = min(trials, key=lambda one: one.refused)
    text = as_toml(best.guesses, best.roles, title, looked, best.said)
    return FirstMapping(text, tuple(best.guesses), best.said, best.event_types, best.lands)


@dataclass(frozen=True)
class _Trial:
    """A mapping that was tried, and the share of the rows that it refuses."""

    roles: Roles
    guesses: list[Guess]
    said: str
    refused: float
    event_types: Mapping[str, int]

    @property
    def lands(self) -> bool:
        return self.refused <= MOST_REFUSED


def _tried(text: str, path: Path, now: datetime) -> tuple[str, float, Mapping[str, int]]:
    """Land the file with the mapping, keep nothing, and say what came and what share is refused."""
    mapping = parse_mapping(text, name="guess")
    with TemporaryDirectory(prefix="silent-churn-guess-") as folder:
        request = IngestRequest(
            mapping=mapping,
            sources=(str(path),),
            data_folder=Path(folder),
            now=now,
            max_reject_share=1.0,
            dry_run=True,
        )
        try:
            report = ingest(request).report
        except SilentChurnError as error:
            return f"Tried on the file: {error.message}".replace("\n", " "), 1.0, {}
    said = (
        f"Tried on the file: {counted(report.accepted, 'row')} of {report.read:,} would land, "
        f"as {counted(report.events, 'event')} of {counted(report.customers, 'customer')}, "
        f"{report.first_day} to {report.last_day}."
    )
    refused = report.rejected / report.read
    if refused > MOST_REFUSED:
        rule = max(report.rules, key=lambda one: report.rules[one])
        said += (
            f" It refuses {refused:.1%} of the rows, most by {rule}; ingest refuses the file above "
            f"{MOST_REFUSED:.0%}, so this mapping must be changed first."
        )
    return said, refused, report.event_types
