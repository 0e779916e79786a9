"""All reference pages, by the name of the file."""

from __future__ import annotations

from analytics.cli.reference.command_page import command_page
from analytics.cli.reference.event_page import event_page
from analytics.cli.reference.feature_page import feature_page
from analytics.cli.reference.key_pages import mapping_page, profile_page
from analytics.cli.reference.number_page import number_page
from analytics.cli.reference.setting_page import setting_page


def pages() -> dict[str, str]:
    """Return the text of each page by the name of its file in `docs`."""
    return {
        "commands.md": command_page(),
        "events.md": event_page(),
        "features.md": feature_page(),
        "mapping.md": mapping_page(),
        "numbers.md": number_page(),
        "profile.md": profile_page(),
        "settings.md": setting_page(),
    }
