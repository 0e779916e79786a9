"""`docs/settings.md`: every setting with its default and meaning."""

from __future__ import annotations

from analytics.cli.reference.markdown import made_by, markdown_table
from analytics.settings import Settings


def setting_page() -> str:
    """Return the page."""
    rows = [
        (f"`{name}`", default_of(name), str(field.description))
        for name, field in Settings.model_fields.items()
    ]
    return "\n".join(
        [
            "# Settings\n",
            made_by(),
            "A flag comes first (`--port 9000`), then the environment "
            "(`SILENT_CHURN_PORT=9000`), then `silent_churn.toml` in the folder you stand in "
            "(`port = 9000`), then the default. A name that is unknown, or a value out of range, "
            "is refused with the rule it broke. Not every setting has a flag: "
            "[the commands](commands.md) list theirs.\n",
            "Python code that only such a file names (`custom_features`) runs once you have "
            "agreed to it: `silent-churn features trust FILE`.\n",
            *markdown_table(("setting", "default", "meaning"), rows),
        ]
    )


def default_of(name: str) -> str:
    """Return a setting's default as the page shows it."""
    shown = str(Settings.model_fields[name].default or "")
    return f"`{shown}`" if shown else "empty"
