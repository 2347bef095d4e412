"""What the pipeline says the lake holds, kept until the lake or a mapping changes.

Asking takes tens of milliseconds; the answer is the same until there is a new edition.
"""

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from vft.pipeline.holdings import Delivered, Freshness, MonthOfSource, Refusals


def deliveries() -> list["Delivered"]:
    """Every receipt, the newest first."""
    return _deliveries(*_edition())


def freshness() -> list["Freshness"]:
    """How far each source reaches."""
    return _freshness(*_edition())


def completeness() -> list["MonthOfSource"]:
    """Rows by source and month."""
    return _completeness(*_edition())


def quarantine(delivery: int | None = None) -> list["Refusals"]:
    """Refused rows by rule, of all deliveries or one."""
    return _quarantine(*_edition(), delivery)


def _edition() -> tuple[Path, tuple[int, ...]]:
    from vft.pipeline import holdings
    from vft.pipeline.home import Home

    root = Path(settings.VFT_HOME)
    return root, holdings.edition(Home(root))


@lru_cache(maxsize=2)
def _deliveries(root: Path, edition: tuple[int, ...]) -> list["Delivered"]:
    from vft.pipeline import holdings
    from vft.pipeline.home import Home

    return holdings.deliveries(Home(root)) if edition else []


@lru_cache(maxsize=2)
def _freshness(root: Path, edition: tuple[int, ...]) -> list["Freshness"]:
    from vft.pipeline import holdings
    from vft.pipeline.home import Home

    return holdings.freshness(Home(root)) if edition else []


@lru_cache(maxsize=2)
def _completeness(root: Path, edition: tuple[int, ...]) -> list["MonthOfSource"]:
    from vft.pipeline import holdings
    from vft.pipeline.home import Home

    return holdings.completeness(Home(root)) if edition else []


@lru_cache(maxsize=16)
def _quarantine(root: Path, edition: tuple[int, ...], delivery: int | None) -> list["Refusals"]:
    from vft.pipeline import holdings
    from vft.pipeline.home import Home

    return holdings.quarantine_by_rule(Home(root), delivery=delivery) if edition else []
