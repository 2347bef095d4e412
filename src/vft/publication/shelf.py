"""The publications of an installation: which there are, and which are kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from vft.errors import VftError
from vft.publication.schema import EXTENSION
from vft.tables.period import LOCAL_ZONE, month_of

_WAIT_SECONDS = 600.0


@dataclass(frozen=True, kw_only=True)
class Listed:
    """One publication, as a list shows it."""

    number: int
    created_at: datetime
    manifest: int
    figures: int
    corrections: int


@contextmanager
def alone(folder: Path, *, wait_seconds: float = _WAIT_SECONDS) -> Iterator[None]:
    """Hold the shelf: nobody else publishes or clears. Who holds it may ask for it again.

    To be held from before the lake's state is looked at until its figures are written: or what
    was computed last of an older state would be written after what was computed of a newer.

    Raises:
        VftError: another held it for all of ``wait_seconds``.
    """
    from filelock import FileLock, Timeout

    folder.mkdir(parents=True, exist_ok=True)
    # one instance a file, so that its thread may hold it twice; the kernel frees a dead one's
    lock = FileLock(folder / ".lock", is_singleton=True, fallback_to_soft=False)
    try:
        held = lock.acquire(timeout=wait_seconds)
    except Timeout as busy:
        raise VftError(
            f"Publiseringene har vært opptatt i {wait_seconds:.0f} sekunder: en annen publisering "
            "eller opprydding pågår. Vent til den er ferdig, og prøv igjen."
        ) from busy
    with held:
        yield


def number(path: Path) -> int:
    """The number of a publication's file."""
    return int(path.stem)


def path(folder: Path, number: int) -> Path:
    """Where the publication of that number is, or would be."""
    return folder / f"{number}{EXTENSION}"


def paths(folder: Path) -> list[Path]:
    """The publications' files, oldest first. A draft is none."""
    found = (p for p in folder.glob(f"*{EXTENSION}") if p.stem.isdigit())
    return sorted(found, key=number)


def newest(folder: Path) -> Path | None:
    """The newest publication's file; None when nothing is published."""
    return next(reversed(paths(folder)), None)


def listed(folder: Path) -> list[Listed]:
    """All publications, oldest first."""
    return [_listed(path) for path in paths(folder)]


def clear(folder: Path, *, keep: int) -> list[int]:
    """Delete publications: all but the newest ``keep`` and the last of each month, as in Norway.

    The newest is never deleted. Gives the numbers of those that were; a reader that has one of
    them open reads on.

    Raises:
        VftError: another publishes, and does not come to an end.
    """
    with alone(folder):
        removed = _superfluous(folder, keep=keep)
        for path in removed:
            path.unlink()
    return [number(path) for path in removed]


def _superfluous(folder: Path, *, keep: int) -> list[Path]:
    all_of_them = listed(folder)
    last_of_month = {month_of(p.created_at.astimezone(LOCAL_ZONE)): p.number for p in all_of_them}
    newest_ones = all_of_them[max(0, len(all_of_them) - keep) :]
    kept = {*last_of_month.values(), *(p.number for p in newest_ones)}
    return [path for path in paths(folder) if number(path) not in kept]


def _listed(path: Path) -> Listed:
    from vft.publication.read import Publication

    publication = Publication.open(path)
    try:
        return Listed(
            number=publication.number,
            created_at=publication.created_at,
            manifest=int(publication.meta["manifest"]),
            figures=publication.size("figure"),
            corrections=publication.size("correction"),
        )
    finally:
        publication.close()
