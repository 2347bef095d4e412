"""What the pipeline says the lake holds, kept until the lake changes.

Asking takes tens of milliseconds; the answer is the same until a new manifest is written.
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


def _edition() -> tuple[str, str]:
    home = Path(settings.VFT_HOME)
    manifests = (path.name for path in (home / "lake" / "manifests").glob("*.json"))
    return str(home), max(manifests, key=lambda name: (len(name), name), default="")


@lru_cache(maxsize=2)
def _deliveries(home: str, manifest: str) -> list["Delivered"]:
    from vft.pipeline import holdings
    from vft.pipeline.home import Home

    return holdings.deliveries(Home(Path(home))) if manifest else []


@lru_cache(maxsize=2)
def _freshness(home: str, manifest: str) -> list["Freshness"]:
    from vft.pipeline import holdings
    from vft.pipeline.home import Home

    return holdings.freshness(Home(Path(home))) if manifest else []


@lru_cache(maxsize=2)
def _completeness(home: str, manifest: str) -> list["MonthOfSource"]:
    from vft.pipeline import holdings
    from vft.pipeline.home import Home

    return holdings.completeness(Home(Path(home))) if manifest else []


@lru_cache(maxsize=16)
def _quarantine(home: str, manifest: str, delivery: int | None) -> list["Refusals"]:
    from vft.pipeline import holdings
    from vft.pipeline.home import Home

    return holdings.quarantine_by_rule(Home(Path(home)), delivery=delivery) if manifest else []
