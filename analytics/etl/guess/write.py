"""Writes a mapping as TOML, each guess with its reason."""

from __future__ import annotations

import glob
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from analytics.domain.event_log.event_words import meant_event, nearest_event, strong_event
from analytics.domain.event_log.events import EVENT_CATALOGUE
from analytics.domain.words.counting import counted, verb_of
from analytics.etl.guess.file_form import FileForm
from analytics.etl.guess.looked_at import LookedAt
from analytics.etl.guess.roles import OF_A_ROW, Roles

NOT_SURE = "not sure"
_MOST_TOLD = 12


@dataclass(frozen=True)
class Guess:
    """One line of a mapping, and why it says so."""

    key: str
    value: object
    reason: str

    @property
    def sure(self) -> bool:
        """False where a person must look at it."""
        return not self.reason.startswith(NOT_SURE)


def guesses_of(form: FileForm, roles: Roles, looked: LookedAt, file_name: str) -> list[Guess]:
    """Return what the mapping says, in the order of its lines: first the source, then columns."""
    found = [
        Guess("name", _source_name(file_name), ""),
        Guess("to", "events", ""),
        Guess("path", glob.escape(file_name), ""),
        *(Guess(key, value, form.reasons.get(key, "")) for key, value in form.keys.items()),
        *_filter(roles),
        *_duplicates(roles),
        _customer(roles),
        _time(roles),
        _event_type(roles),
    ]
    if roles.event_id is not None:
        found.append(Guess("columns.event_id", roles.event_id.name, _id_reason(roles)))
    if roles.value is not None:
        found.append(_value(roles))
    for role, column in roles.told.items():
        found.append(Guess(f"customer.{role}", column.name, f"called {column.name!r}"))
    return found


def as_toml(
    guesses: Iterable[Guess], roles: Roles, title: str, looked: LookedAt, tried: str
) -> str:
    """Return the text of the mapping."""
    listed = list(guesses)
    rows = counted(looked.rows, "row")
    seen = f"all {rows}" if looked.whole else f"the first {rows}"
    lines = [
        f"# A first mapping, guessed from {seen}. Look at every line that is not sure, then:",
        "#   silent-churn ingest --mapping THIS_FILE SOURCE --dry-run",
        "# Every key: silent-churn mapping keys. Every event: silent-churn events list.",
        *([f"# {tried}"] if tried else []),
        f"title = {_toml(title)}",
        "# Times name no zone where the file gives none; UTC is taken unless you say otherwise:",
        '# zone = "Europe/Berlin"',
        "",
        "[[source]]",
        *_lines(guess for guess in listed if "." not in guess.key),
        "",
        "[source.columns]",
        *_lines((guess for guess in listed if guess.key.startswith("columns.")), "columns."),
    ]
    if any(guess.key.startswith("customer.") for guess in listed):
        told = (guess for guess in listed if guess.key.startswith("customer."))
        lines += ["", "# What a row tells of its customer.", "[source.customer]"]
        lines += _lines(told, "customer.")
    lines += _second_source(listed, roles)
    return "\n".join(lines) + "\n"


def _second_source(guesses: list[Guess], roles: Roles) -> list[str]:
    """Return the source of the ends of what the rows began, read from the same file."""
    if roles.end is None:
        return []
    event, column, guess = roles.end
    name = next(str(guessed.value) for guessed in guesses if guessed.key == "name")
    time: object = {"column": column, **guess.keys} if guess.keys else column
    filled = [{"column": column, "is": "present"}]
    ends = [
        Guess("name", f"{name}_ends", ""),
        Guess("to", "events", ""),
        Guess("read", name, "the same file again"),
        Guess("filter", filled, "not all of them are over"),
        Guess("columns.customer_id", roles.customer.name, ""),
        Guess("columns.occurred_at", time, f"called {column!r}"),
        Guess("columns.event_type", {"constant": event}, EVENT_CATALOGUE[event].meaning),
    ]
    if roles.event_id is not None:
        said = "the word before keeps the ids of both sources apart"
        own = {"column": roles.event_id.name, "prefix": "end-"}
        ends.append(Guess("columns.event_id", own, said))
    return [
        "",
        "[[source]]",
        *_lines(end for end in ends if "." not in end.key),
        "",
        "[source.columns]",
        *_lines((end for end in ends if "." in end.key), "columns."),
    ]


def _lines(guesses: Iterable[Guess], before: str = "") -> list[str]:
    lines = []
    for guess in guesses:
        if guess.reason:
            lines.append(f"# {_one_line(guess.reason)}")
        lines.append(f"{guess.key.removeprefix(before)} = {_toml(guess.value)}")
    return lines


def _filter(roles: Roles) -> list[Guess]:
    missing = roles.customer.rows - roles.customer.filled
    if not missing:
        return []
    condition = {"column": roles.customer.name, "is": "present"}
    return [
        Guess(
            "filter",
            [condition],
            f"{counted(missing, 'row')} "
            f"{verb_of(missing, 'names no customer and is', 'name no customer and are')} left out",
        )
    ]


def _duplicates(roles: Roles) -> list[Guess]:
    one = roles.event_id
    if one is None:
        said = (
            "no column that we know by name identifies a row, so rows equal in everything are "
            "taken for repeats"
        )
        return [Guess("duplicates", "drop", f'{NOT_SURE}: {said}; keep them with "keep"')]
    if one.distinct >= OF_A_ROW * one.rows:
        return []
    said = f"{one.name!r} stands on {one.rows / one.distinct:.1f} rows each: lines of one event"
    return [Guess("duplicates", "add", f"{said}, whose values add up")]


def _customer(roles: Roles) -> Guess:
    one = roles.customer
    many = f"{counted(one.distinct, 'different value')} on {counted(one.filled, 'row')}"
    if roles.named_customer:
        return Guess("columns.customer_id", one.name, f"called {one.name!r}; {many}")
    said = "no column is called like a customer; this one's values come back"
    return Guess("columns.customer_id", one.name, f"{NOT_SURE}: {said} ({many})")


def _time(roles: Roles) -> Guess:
    one, guess = roles.time, roles.time_guess
    value: object = {"column": one.name, **guess.keys} if guess.keys else one.name
    read = "all" if guess.share == 1 else f"{guess.share:.1%}"
    reason = f"{read} of its values are times"
    if guess.others:
        reason = (
            f"{NOT_SURE}: {read} of its values also fit {' and '.join(guess.others)}; "
            "look which of the numbers is the day"
        )
    if roles.times:
        reason += f"; further columns of times: {', '.join(roles.times)}"
    return Guess("columns.occurred_at", value, reason)


def _event_type(roles: Roles) -> Guess:
    if roles.event_type is None:
        return _constant_type(roles)
    column = roles.event_type
    words = {word: meant_event(word) for word in column.values}
    strong = {
        word: near
        for word, meant in words.items()
        if meant is None and (near := strong_event(word)) is not None
    }
    known = {word: meant for word, meant in words.items() if meant and meant != word}
    renamed = {**known, **strong}
    unknown = [word for word, meant in words.items() if meant is None and word not in strong]
    value: object = column.name if not renamed else {"column": column.name, "values": renamed}
    doubts = []
    if strong:
        taken = ", ".join(f"{word} for {near}" for word, near in strong.items())
        doubts.append(f"by a word in their names these are taken so: {taken}")
    if unknown:
        told = ", ".join(
            f"{word} ({column.values[word]:,}{_nearest(word)})" for word in unknown[:_MOST_TOLD]
        )
        more = f", and {len(unknown) - _MOST_TOLD:,} more" if len(unknown) > _MOST_TOLD else ""
        doubts.append(f"these count for nothing until values names an event for them: {told}{more}")
    if not doubts:
        return Guess("columns.event_type", value, f"{column.name!r} says what happened")
    return Guess("columns.event_type", value, f"{NOT_SURE}: {'; '.join(doubts)}")


def _nearest(word: str) -> str:
    found = nearest_event(word)
    return f", nearest known: {found}" if found else ""


def _constant_type(roles: Roles) -> Guess:
    meaning = EVENT_CATALOGUE[roles.kind].meaning
    value: object = {"constant": roles.kind}
    reason = f"the names speak of it: {meaning}"
    if not roles.kind_is_sure:
        reason = f"{NOT_SURE}: nothing says what a row is; see silent-churn events list"
    if roles.kind == "order" and roles.value_guess is not None and roles.value_guess.negative:
        signed = roles.quantity or roles.value
        assert signed is not None
        below = [{"column": signed.name, "is": "<", "value": 0}]
        value = {"rules": [{"when": below, "then": "return"}], "otherwise": "order"}
        reason = f"{roles.value_guess.negative:.1%} of the amounts are negative: taken for returns"
    return Guess("columns.event_type", value, reason)


def _id_reason(roles: Roles) -> str:
    one = roles.event_id
    assert one is not None
    if one.distinct == one.rows:
        return "each row has its own"
    if one.distinct >= OF_A_ROW * one.rows:
        return f"{counted(one.rows - one.distinct, 'row')} repeat the id of another"
    return "one for all lines of an event"


def _value(roles: Roles) -> Guess:
    column, guess = roles.value, roles.value_guess
    assert column is not None and guess is not None
    keys: dict[str, object] = {**guess.keys}
    if roles.quantity is not None:
        keys["times"] = roles.quantity.name
    if roles.kind == "order" and roles.event_type is None and guess.negative:
        keys["absolute"] = True
    value: object = {"column": column.name, **keys} if keys else column.name
    read = "all" if guess.share == 1 else f"{guess.share:.1%}"
    reason = f"{read} of its values are numbers"
    if guess.others:
        marks = " or ".join(repr(other) for other in guess.others)
        reason = f"{NOT_SURE}: the decimal mark may also be {marks}; no value tells"
    return Guess("columns.value", value, reason)


def _source_name(file_name: str) -> str:
    plain = re.sub(r"\W+", "_", file_name.rsplit(".", 1)[0], flags=re.ASCII).strip("_").lower()
    return plain if re.match(r"[a-z]", plain) else f"log_{plain}".rstrip("_")


def _one_line(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text)


def _toml(value: object) -> str:
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, Mapping):
        return f"{{ {', '.join(f'{_toml_key(k)} = {_toml(v)}' for k, v in value.items())} }}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(_toml(item) for item in value)}]"
    return json.dumps(value)


def _toml_key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else _toml(key)
