"""The web server: gunicorn, the app loaded and warmed once, nothing open across the fork."""

from __future__ import annotations

import errno
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]

from analytics.cli.patient_worker import PatientWorker
from analytics.domain.customer.filter import CustomerFilter
from analytics.errors import EnvironmentFault, SilentChurnError, UsageError
from analytics.services.analytics_service import AnalyticsService
from analytics.settings import Settings

LOCAL_HOSTS = ("127.0.0.1", "::1", "localhost")
_MEMORY_FOLDER = Path("/dev/shm")  # noqa: S108 - heartbeat files must not wait for a disk


def serve_app(settings: Settings, when_ready: Callable[[str], None]) -> None:
    """Serve the app until it is told to stop.

    Parameters
    ----------
    when_ready
        Called with the address once it can be opened.

    Raises
    ------
    UsageError
        The address is not on this machine: others may only see it behind a login.
    EnvironmentFault
        The port is taken.
    """
    check_host(settings.host)
    check_port(settings.host, settings.port)
    service = AnalyticsService(settings)
    # Here, since no other command needs a web framework. pyproject.toml declares this one import.
    from webapp.factory import create_app

    server = create_app(settings, service).server
    service.close()  # The warm-up may have opened the run: no connection may cross the fork.
    _Server(settings, service, server, when_ready).run()


def check_host(host: str) -> None:
    """Refuse to be seen from other machines."""
    if host not in LOCAL_HOSTS:
        raise UsageError(
            f"--host must be {', '.join(LOCAL_HOSTS)}: serving others needs a login, which is "
            f"not built yet. Got {host!r}.",
            rule="host_local",
            got=host,
        )


def check_port(host: str, port: int) -> None:
    """Refuse a port that somebody else holds."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            taken = error.errno == errno.EADDRINUSE
            got = "another program holds it" if taken else (error.strerror or str(error))
            raise EnvironmentFault(
                f"Port {port} of {host} must be free; choose another with --port. Got: {got}.",
                rule="port_free",
                got=port,
            ) from None


def address_of(settings: Settings) -> str:
    """Return what to type into a browser."""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"http://{host}:{settings.port}"


class _Server(BaseApplication):  # type: ignore[misc]
    """Gunicorn, told everything here: no configuration file, no environment, no control socket."""

    def __init__(
        self,
        settings: Settings,
        service: AnalyticsService,
        server: Any,
        when_ready: Callable[[str], None],
    ) -> None:
        self._settings = settings
        self._service = service
        self._server = server
        self._when_ready = when_ready
        super().__init__()

    def load_config(self) -> None:
        """Set what gunicorn is to do."""
        address = address_of(self._settings)
        options = {
            "bind": [address.removeprefix("http://")],
            "worker_class": PatientWorker,
            "workers": self._settings.workers,
            "threads": self._settings.threads,
            "preload_app": True,
            "timeout": 60,
            # What the longest customer id and the longest address of a view need.
            "limit_request_line": 8_190,
            "graceful_timeout": 20,
            "keepalive": 15,
            "max_requests": 5_000,
            "max_requests_jitter": 500,
            "worker_tmp_dir": str(_MEMORY_FOLDER) if _MEMORY_FOLDER.is_dir() else None,
            "control_socket_disable": True,
            "forwarded_allow_ips": "127.0.0.1",
            "loglevel": self._settings.log_level,
            "proc_name": "silent-churn",
            "when_ready": lambda _arbiter: self._when_ready(address),
            "post_fork": lambda _arbiter, _worker: self._service.after_fork(),
            "post_worker_init": lambda _worker: self._warm(),
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """Return the app, made before the fork."""
        return self._server

    def _warm(self) -> None:
        """Let a worker open the run and keep the first answer before its first visitor."""
        with suppress(SilentChurnError):
            self._service.overview(CustomerFilter())
