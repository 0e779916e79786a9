"""`profile keys`: what a profile may say."""

from __future__ import annotations

import typer

from analytics.cli.console import answer, keys_table
from analytics.cli.main import app
from analytics.cli.options import AsJson

profile = typer.Typer(help="Profiles: what counts in one kind of business.", no_args_is_help=True)
app.add_typer(profile, name="profile")


@profile.command("keys")
def list_keys(as_json: AsJson = False) -> None:
    """List every key of a profile: where it stands, what it may be, what it means.

    A profile of your own may set two keys and inherit the rest: extends = "retail".

    Example: silent-churn profile keys
    """
    from dataclasses import asdict

    from analytics.domain.profiles.profile_keys import profile_keys

    keys = [asdict(profile_key) for profile_key in profile_keys()]
    answer({"keys": keys}, as_json=as_json, text=keys_table(keys))
