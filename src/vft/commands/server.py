"""The web server and what works beside it, as one command that ends them all."""

import signal
import subprocess
import sys
from types import FrameType


def run_server(*, host: str, port: int, workers: int) -> None:
    """Serve until interrupted, by so many processes at once.

    The worker, and what makes pages ready, are child processes and end with the server.
    """
    from django.core.management import call_command

    from vft.web import assets, uploads

    assets.ensure()
    collect_static()
    uploads.clear_interrupted()
    call_command("clearsessions")
    beside = [_start("db_worker", "--interval", "1"), _start("prepare_pages")]
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        serve_pages(host=host, port=port, workers=workers)
    except KeyboardInterrupt:
        pass
    finally:
        for process in beside:
            process.terminate()
        for process in beside:
            process.wait(timeout=30)


def _start(*command: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-m", "django", *command])  # noqa: S603 - our own


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def collect_static() -> None:
    """Gather style sheets, scripts and fonts with hashed names."""
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)


def serve_pages(*, host: str, port: int, workers: int) -> None:
    """Serve the pages until interrupted. One process computes on one core at a time."""
    from granian import Granian
    from granian.constants import Interfaces

    Granian(
        "vft.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=8,
        log_access=False,
        websockets=False,
    ).serve()
