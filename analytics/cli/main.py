"""Builds the command from its parts and holds the one place where errors become exit codes."""

from __future__ import annotations

import errno
import logging
import sys
import traceback
import warnings
from typing import NoReturn, TextIO

import typer
from typer.exceptions import Abort, Exit, TyperException

from analytics import __version__
from analytics.cli.console import print_json, say
from analytics.cli.streams import fill_closed_streams, finish, leave_quietly
from analytics.errors import EnvironmentFault, SilentChurnError, UsageError
from analytics.private_files import private_by_default
from analytics.redaction import redacted

INTERRUPTED = 130

logger = logging.getLogger(__name__)

app = typer.Typer(
    name="silent-churn",
    help="Finds the customers who are leaving without saying so, and what to do about it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _show_version(wanted: bool) -> None:
    if wanted:
        sys.stdout.write(f"silent-churn {__version__}\n")
        raise Exit


@app.callback()
def _options(
    version: bool = typer.Option(
        False, "--version", callback=_show_version, is_eager=True, help="Print the version."
    ),
) -> None:
    """Take the options that stand before the command."""


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the command and exit with its code; never with a traceback for what a user can mend."""
    given = sys.argv[1:] if arguments is None else arguments
    fill_closed_streams()
    with private_by_default():
        _run(given)


def _run(given: list[str]) -> NoReturn:
    warnings.showwarning = _to_the_log
    try:
        code = app(args=given, standalone_mode=False, prog_name="silent-churn")
    except SilentChurnError as error:
        _fail(error, as_json="--json" in given)
    except Exit as done:
        finish(done.exit_code)
    except (KeyboardInterrupt, Abort):
        say("Stopped.")
        sys.exit(INTERRUPTED)
    except TyperException as error:
        _fail(UsageError(_sentence(error), rule="usage"), as_json="--json" in given)
    except BrokenPipeError:
        leave_quietly()
    except OSError as error:
        _fail(_environment_fault(error), as_json="--json" in given)
    except Exception:  # a fault of ours: its traceback is for a report, without any secret
        sys.stderr.write(redacted(traceback.format_exc()))
        sys.exit(1)
    finish(code if isinstance(code, int) else 0)


def _to_the_log(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    """Keep what libraries say to programmers from users; ``log_level = "debug"`` shows it."""
    logger.debug("%s (%s, %s:%s)", message, category.__name__, filename, lineno)


def _fail(error: SilentChurnError, *, as_json: bool) -> NoReturn:
    if as_json:
        print_json({"error": error.as_dict()})
    else:
        say(error.message)
    finish(error.exit_code)


def _sentence(error: TyperException) -> str:
    text = error.format_message()
    return f"{text.rstrip('.')}. See `silent-churn --help`."


def _environment_fault(error: OSError) -> EnvironmentFault:
    where = error.filename or "the workspace"
    if error.errno == errno.ENOSPC:
        return EnvironmentFault(
            f"The disk must have room for {where}. Got: no space left.",
            rule="disk_space",
            got=where,
        )
    return EnvironmentFault(
        f"{where} must be readable and writable. Got: {error.strerror or error}.",
        rule="environment",
        got=where,
    )
