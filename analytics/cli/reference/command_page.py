"""`docs/commands.md`: every command with its options, from the command itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from typer.main import get_command

from analytics.cli.main import INTERRUPTED, app
from analytics.cli.reference.markdown import made_by, markdown_table
from analytics.errors import SilentChurnError

PROGRAM = "silent-churn"


def commands() -> Iterator[tuple[str, Any]]:
    """Return the name and the command of everything that can be called, in the order of names."""
    return _below(get_command(app), "")


def exit_codes() -> list[tuple[int, str]]:
    """Return every exit code and what it means."""
    ours = [kind for kind in SilentChurnError.__subclasses__() if "exit_code" in vars(kind)]
    said = {our.exit_code: _first_line(our.__doc__) for our in ours}
    said |= {0: "Done.", 1: "A fault of ours: its traceback is for a report, without any secret."}
    said[INTERRUPTED] = "Stopped with Ctrl-C."
    return sorted(said.items())


def command_page() -> str:
    """Return the page."""
    known = list(commands())
    rows = [(f"[`{name}`](#{_anchor(name)})", _first_line(command.help)) for name, command in known]
    codes = [(f"`{code}`", meaning) for code, meaning in exit_codes()]
    return "\n".join(
        [
            "# Commands\n",
            made_by(),
            "`--help` after any command prints its part. Results go to standard output, everything "
            "else that is said to standard error. With "
            "`--json` the result is one JSON object; a refusal is then "
            '`{"error": {"rule": …, "message": …, "got": …}}`. Values that are not given on the '
            "command line come from the [settings](settings.md).\n",
            *markdown_table(("command", "does"), rows),
            "## Exit codes\n",
            *markdown_table(("code", "meaning"), codes),
            *(line for name, command in known for line in _section(name, command)),
        ]
    )


def _below(command: Any, name: str) -> Iterator[tuple[str, Any]]:
    inner: dict[str, Any] = getattr(command, "commands", None) or {}
    if name and (not inner or command.invoke_without_command):
        yield name, command
    for key in sorted(inner):
        yield from _below(inner[key], f"{name} {key}".strip())


def _section(name: str, command: Any) -> list[str]:
    said, examples = _said(command.help)
    places = [param for param in command.params if not param.opts[0].startswith("-")]
    words = "".join(f" {_place(place)}" for place in places)
    rows = [_row(param) for param in command.params]
    return [
        f"## {name}\n",
        *(f"{paragraph}\n" for paragraph in said),
        f"`{PROGRAM} {name}{words} [options]`\n",
        *markdown_table(("option", "default", "meaning"), rows),
        *("```sh", *examples, "```\n"),
    ]


def _said(text: str) -> tuple[list[str], list[str]]:
    """Return the paragraphs of a command's help, and its examples."""
    parts = [" ".join(paragraph.split()) for paragraph in re.split(r"\n\s*\n", text.strip())]
    examples = [part.removeprefix("Example: ") for part in parts if part.startswith("Example: ")]
    return [part for part in parts if not part.startswith("Example: ")], examples


def _row(option: Any) -> tuple[str, str, str]:
    is_place = not option.opts[0].startswith("-")
    names = [_place(option)] if is_place else [*option.opts, *option.secondary_opts]
    default = "**needed**" if option.required else _default(option)
    return ", ".join(f"`{name}`" for name in names), default, option.help or ""


def _default(option: Any) -> str:
    if getattr(option, "is_flag", False) or option.default in (None, "", [], ()):
        return ""
    return f"`{option.default}`"


def _place(option: Any) -> str:
    word = str(option.metavar or option.name).upper().strip("[]")
    return f"{word}…" if option.nargs == -1 else word


def _first_line(text: str | None) -> str:
    return " ".join((text or "").strip().split("\n\n")[0].split())


def _anchor(name: str) -> str:
    return name.replace(" ", "-")
