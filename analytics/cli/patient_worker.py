"""A web worker whose threads answer requests, and never wait for one to arrive.

Gunicorn gives a thread to every connection that is opened: a few idle ones, or some whose headers
never end, then keep everybody else waiting. Here a connection stays with the poller, which needs no
thread, until its request has arrived; what takes too long is closed.
"""

from __future__ import annotations

import errno
import re
import socket
import time
from functools import partial
from selectors import EVENT_READ
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker  # type: ignore[import-untyped]

#: Seconds from the opening of a connection, or the first byte of a next request, to its arrival.
ARRIVAL_S = 10.0
#: Seconds in which a body must come that was too long to wait for with the poller.
BODY_S = 20.0
#: Seconds in which a client must take each part of an answer.
TAKING_S = 60.0

#: As much of a request is waited for with the poller; of a longer one, its beginning.
_WAITED_BYTES = 60_000
_HEAD_END = b"\r\n\r\n"
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,12})[ \t]*\r\n", re.I)


def missing_bytes(arrived: bytes) -> int:
    """Return how many bytes a request lacks at least, as far as its beginning tells; 0 if none."""
    head, end, body = arrived.partition(_HEAD_END)
    if not end:
        return 1 if len(arrived) < _WAITED_BYTES else 0
    if b"\r\nexpect:" in head.lower():  # the client sends its body when it is asked to
        return 0
    length = _LENGTH.search(head + b"\r\n")
    wanted = min(int(length[1]) if length else 0, _WAITED_BYTES - len(head))
    return max(0, wanted - len(body))


class PatientWorker(ThreadWorker):  # type: ignore[misc]
    """Threads of gunicorn, kept for requests that have arrived."""

    def accept(self, listener: socket.socket) -> None:
        """Take a new connection, and wait for its request without a thread."""
        try:
            client, address = listener.accept()
        except OSError as error:
            if error.errno not in (errno.EAGAIN, errno.ECONNABORTED, errno.EWOULDBLOCK):
                raise
            return
        self.nr_conns += 1
        self._await(_Connection(self.cfg, client, address, listener.getsockname()))

    def on_client_socket_readable(self, conn: _Connection, client: socket.socket) -> None:
        """Wait for the whole of a next request on a connection that was kept."""
        self.poller.unregister(client)
        self.keepalived_conns.remove(conn)
        self._await(conn)

    def on_pending_socket_readable(self, conn: _Connection, client: socket.socket) -> None:
        """Hand a request over to a thread once it has arrived, or once its client has gone."""
        if not conn.has_arrived():
            return
        super().on_pending_socket_readable(conn, client)

    def handle(self, conn: _Connection) -> Any:
        """Answer a request whose last bytes must come soon."""
        conn.deadline = time.monotonic() + BODY_S
        return super().handle(conn)

    def handle_request(self, req: Any, conn: _Connection) -> Any:
        """Answer a request to a client that must take the answer."""
        conn.sock.settimeout(TAKING_S)
        try:
            return super().handle_request(req, conn)
        except TimeoutError:
            raise ConnectionResetError(errno.ECONNRESET, "the answer was not taken") from None

    def _await(self, conn: _Connection) -> None:
        conn.seen = 0
        conn.timeout = time.monotonic() + ARRIVAL_S
        conn.sock.setblocking(False)
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, EVENT_READ, partial(self.on_pending_socket_readable, conn))


class _Connection(TConn):  # type: ignore[misc]
    """A connection that knows how much of its request has arrived."""

    seen = 0
    deadline = 0.0

    def init(self) -> None:
        """Make the parser; it reads no longer than until the deadline."""
        is_new = not self.initialized
        super().init()
        if is_new and not self.is_http2:
            self.parser.unreader.sock = _Reading(self)

    def has_arrived(self) -> bool:
        """Tell whether a thread has something to do: a whole request, or a client that has gone."""
        try:
            arrived = self.sock.recv(_WAITED_BYTES + len(_HEAD_END), socket.MSG_PEEK)
        except BlockingIOError:
            return False
        except OSError:
            return True
        lacking = missing_bytes(arrived)
        if lacking and len(arrived) > self.seen:
            # Wake up for more than this only: the rest stays where it is until then.
            self.seen = len(arrived)
            self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, self.seen + lacking)
            return False
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, 1)
        return True


class _Reading:
    """A socket as the parser reads it: not beyond the deadline of its request."""

    def __init__(self, conn: _Connection) -> None:
        self._conn = conn

    def recv(self, *given: Any) -> bytes:
        left = self._conn.deadline - time.monotonic()
        try:
            if left <= 0:
                raise TimeoutError
            self._conn.sock.settimeout(left)
            received: bytes = self._conn.sock.recv(*given)
            return received
        except TimeoutError:
            raise ConnectionResetError(errno.ECONNRESET, "the request did not arrive") from None
        finally:
            self._conn.sock.settimeout(TAKING_S)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._conn.sock, name)
