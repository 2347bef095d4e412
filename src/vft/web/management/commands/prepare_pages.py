"""``python -m django prepare_pages``: beside the server, makes pages ready before they are opened.

Runs until ended, gently, and looks for something new to do. With ``--once`` it ends when all is
ready, and works like any other: for a job at night that has published.
"""

import logging
import os
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from vft.web import ahead

logger = logging.getLogger(__name__)
#: Seconds between two looks for something new.
_PAUSE = 5.0
#: The server's readers come first.
_GENTLY = 10


class Command(BaseCommand):
    """Makes the newest publication's pages ready, for all who have a role."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether to end."""
        parser.add_argument("--once", action="store_true")

    def handle(self, *_arguments: Any, **options: Any) -> None:
        """Work, and wait for more."""
        if options["once"]:
            self._prepare(None)
            return
        os.nice(_GENTLY)
        ready: object = None
        while True:
            time.sleep(_PAUSE)  # the server starts too
            try:
                ready = self._prepare(ready)
            except Exception as error:  # noqa: BLE001 - the pages do without; no word of what they hold
                logger.warning("pages not made ready: %s", type(error).__name__)
            close_old_connections()

    def _prepare(self, ready: object) -> object:
        """What there is to make ready, when it is; given up when there is something newer."""
        found = ahead.wanted()
        if found is None or found == ready:
            return found
        here, readers, threshold = found
        for _step in ahead.prepare(here, readers, threshold=threshold):
            if ahead.wanted() != found:
                return None
        return found
