"""The web server and its worker, as one command that ends both."""

import signal
import subprocess
import sys
from types import FrameType


def run_server(*, host: str, port: int) -> None:
    """Serve until interrupted. The worker is a child process and ends with the server."""
    from vft.web import assets, uploads

    assets.ensure()
    collect_static()
    uploads.clear_interrupted()
    worker = subprocess.Popen([sys.executable, "-m", "django", "db_worker", "--interval", "1"])
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        serve_pages(host=host, port=port)
    except KeyboardInterrupt:
        pass
    finally:
        worker.terminate()
        worker.wait(timeout=30)


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def collect_static() -> None:
    """Gather style sheets, scripts and fonts with hashed names."""
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)


def serve_pages(*, host: str, port: int) -> None:
    """Serve the pages in this process."""
    from granian import Granian
    from granian.constants import Interfaces

    Granian(
        "vft.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        blocking_threads=8,
        log_access=False,
        websockets=False,
    ).serve()
