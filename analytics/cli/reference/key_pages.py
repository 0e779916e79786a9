"""`docs/mapping.md` and `docs/profile.md`: every key of the two files that users write."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from analytics.cli.reference.markdown import made_by, markdown_table
from analytics.domain.profiles.documented_key import Key
from analytics.domain.profiles.profile_file import SHIPPED_PROFILES
from analytics.domain.profiles.profile_keys import profile_keys
from analytics.etl.mappings.mapping_keys import mapping_keys


def mapping_page() -> str:
    """Return the page of mappings."""
    return "\n".join(
        [
            "# Mapping\n",
            made_by("silent-churn mapping keys"),
            "A mapping is a TOML file that says how the columns and values of a source become "
            "customers, events and treatments. `silent-churn mapping guess orders.csv` writes a "
            "first one from a file. The smallest that works:\n",
            "```toml",
            "[[source]]",
            'name = "orders"',
            'to = "events"',
            'path = "orders.csv"',
            'format = "csv"',
            "",
            "[source.columns]",
            'customer_id = "Customer"',
            'occurred_at = { column = "Date", format = "%d.%m.%Y", zone = "Europe/Berlin" }',
            'event_type = { constant = "order" }',
            'event_id = "Order no"',
            'value = { column = "Amount", decimal = "," }',
            "```\n",
            *_keys(mapping_keys()),
        ]
    )


def profile_page() -> str:
    """Return the page of profiles."""
    names = ", ".join(f"`{shipped_profile}`" for shipped_profile in SHIPPED_PROFILES)
    return "\n".join(
        [
            "# Profile\n",
            made_by("silent-churn profile keys"),
            f"A profile says what counts in one kind of business: {names} ship with the product. "
            "One of your own may set two keys and inherit the rest. Save this as `club.toml` and "
            "run with `--profile club.toml`:\n",
            "```toml",
            'extends = "retail"',
            'currency = "EUR"',
            "margin = 0.45",
            "```\n",
            "Only profiles that ship can be extended. The `[[actions]]` of a profile, where it has "
            "any, are all its actions; one named like an action of the base inherits from it what "
            "it does not set. What a run was made with is the whole, inherited keys included.\n",
            *_keys(profile_keys()),
        ]
    )


def _keys(keys: Iterable[Key]) -> list[str]:
    lines: list[str] = []
    for place, group in groupby(keys, key=lambda key: key.place):
        rows = [
            [
                f"`{key.name}`",
                key.kind,
                _default(key.default),
                key.meaning.replace("``", "`"),
                f"`{key.example}`" if key.example else "",
            ]
            for key in group
        ]
        title = place[0].upper() + place[1:] if place[0] != "[" else f"`{place}`"
        head = ("key", "value", "default", "meaning", "example")
        lines += [f"## {title}\n", *markdown_table(head, rows)]
    return lines


def _default(default: str) -> str:
    if not default:
        return "**needed**"
    return default if " " in default and default[0] != '"' else f"`{default}`"
