"""Nothing that a user may call, set or read is missing from the reference pages."""

from __future__ import annotations

import re
from collections import Counter

import pytest
import typer

from analytics.cli.main import app
from analytics.cli.reference.command_page import commands
from analytics.cli.reference.number_page import INNER
from analytics.cli.reference.pages import pages
from analytics.domain.event_log.events import EVENT_CATALOGUE
from analytics.domain.numbers.numbers import NUMBERS
from analytics.features.registry import FEATURES


def rows(page: str) -> list[list[str]]:
    """Return the cells of every table row of a page."""
    lines = [line for line in pages()[page].splitlines() if line.startswith("| ")]
    return [re.split(r"(?<!\\) \| ", line.strip("| ")) for line in lines]


def names_of(group: typer.Typer, before: str = "") -> set[str]:
    """Return every command as it was registered, whatever the command line makes of it."""
    names = {
        before + (one.name or getattr(one.callback, "__name__", "")).replace("_", "-")
        for one in group.registered_commands
    }
    for sub in group.registered_groups:
        inner = sub.typer_instance
        assert inner is not None
        names |= names_of(inner, f"{before}{sub.name} ")
        alone = inner.registered_callback
        if alone is not None and alone.invoke_without_command:
            names.add(f"{before}{sub.name}")
    return names


def test_every_command_has_a_section_with_its_options_and_an_example() -> None:
    assert {name for name, _ in commands()} == names_of(app)
    page = pages()["commands.md"]
    for name, command in commands():
        section = page.split(f"\n## {name}\n")[1].split("\n## ")[0]
        assert (
            f"```sh\nsilent-churn {name} " in section or f"```sh\nsilent-churn {name}\n" in section
        )
        for option in command.params:
            assert all(f"`{one}`" in section for one in option.opts if one.startswith("-")), name
            assert option.help, f"{name} {option.name}"


def test_every_number_is_told_once_in_each_place() -> None:
    told = Counter(row[0] for row in rows("numbers.md"))
    defined = Counter(f"`{one.name}`" for one in NUMBERS if one.name not in INNER)
    assert {name: told[name] for name in told if name != "number" and name != "---"} == defined


def test_a_number_is_told_as_it_is_defined() -> None:
    found = {(row[0], row[1], row[2]): row for row in rows("numbers.md")}
    for one in NUMBERS:
        if one.name not in INNER and "|" not in one.meaning:
            row = found[f"`{one.name}`", one.unit.value, one.window]
            assert (
                one.meaning in row[4] or len([two for two in NUMBERS if two.name == one.name]) > 1
            )


def test_every_feature_and_event_is_told() -> None:
    features = {row[0] for row in rows("features.md")}
    assert features >= {f"`{one.name}`" for one in FEATURES}
    assert {row[0] for row in rows("events.md")} >= {f"`{name}`" for name in EVENT_CATALOGUE}


@pytest.mark.parametrize("page", pages())
def test_no_row_of_a_table_is_broken(page: str) -> None:
    lengths: set[int] = set()
    for line in pages()[page].splitlines():
        if not line.startswith("|"):
            lengths = set()
            continue
        lengths.add(len(re.findall(r"(?<!\\)\|", line)))
        assert len(lengths) == 1, line
