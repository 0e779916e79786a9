"""Connections that send nothing, or half of something, keep nobody waiting."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest

from analytics.cli.patient_worker import missing_bytes

#: One process with two threads, and hours of patience: who is answered was not let through because
#: others were given up.
SERVER = """
import sys
from gunicorn.app.base import BaseApplication
from analytics.cli import patient_worker
patient_worker.ARRIVAL_S = patient_worker.BODY_S = 3600.0

def answer(environ, start_response):
    body = environ["wsgi.input"].read()
    start_response("200 OK", [("Content-Length", str(len(body) + 2))])
    return [b"ok", body]

class Server(BaseApplication):
    def load_config(self):
        for name, value in {
            "bind": "127.0.0.1:0", "workers": 1, "threads": 2, "loglevel": "critical",
            "worker_class": patient_worker.PatientWorker, "control_socket_disable": True,
            "when_ready": lambda one: print(one.LISTENERS[0].sock.getsockname()[1], flush=True),
        }.items():
            self.cfg.set(name, value)
    def load(self):
        return answer

Server().run()
"""
GET = b"GET / HTTP/1.1\r\nHost: localhost\r\n"
POST = b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 6\r\n\r\n"


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with subprocess.Popen(
        [sys.executable, "-c", SERVER], stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        yield int(server.stdout.readline())
        server.terminate()


def opened(port: int, sent: bytes) -> socket.socket:
    made = socket.create_connection(("127.0.0.1", port), timeout=120)
    if sent:
        made.sendall(sent)
    return made


def answered(made: socket.socket) -> str:
    """Return the body of an answer."""
    text = ""
    while True:
        part = made.recv(4096).decode()
        assert part, f"The connection was closed after {text!r}."
        text += part
        head, _, body = text.partition("\r\n\r\n")
        if body and f"content-length: {len(body)}" in head.lower():
            return body


@pytest.mark.parametrize("sent", [b"", b"G", GET + b"X-A: ", POST + b"abc"], ids=len)
def test_a_request_is_answered_beside_forty_that_never_end(port: int, sent: bytes) -> None:
    waiting = [opened(port, sent) for _ in range(40)]
    asked = opened(port, GET + b"\r\n")
    assert answered(asked) == "ok"
    for one in (asked, *waiting):
        one.close()


def test_a_request_that_comes_in_pieces_is_answered_once_it_is_whole(port: int) -> None:
    made = opened(port, b"")
    for number in range(2):  # the second one on the connection that was kept
        for part in (POST[:9], POST[9:50], POST[50:] + b"ab", b"cd", b"ef"):
            made.sendall(part)
            with opened(port, GET + b"\r\n") as beside:
                assert answered(beside) == "ok"
        assert answered(made) == "okabcdef", number
    made.close()


@pytest.mark.parametrize(
    ("arrived", "missing"),
    [
        (b"", 1),
        (GET, 1),
        (GET + b"\r\n", 0),
        (POST, 6),
        (POST + b"abcdef", 0),
        (POST.replace(b": 6", b": x"), 0),
        (POST.replace(b": 6", b": 6\r\nExpect: 100-continue"), 0),
        (b"a" * 60_000, 0),
    ],
)
def test_how_much_of_a_request_is_missing(arrived: bytes, missing: int) -> None:
    assert missing_bytes(arrived) == missing
