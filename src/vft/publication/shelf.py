"""The publications of an installation: which there are, and which are kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from vft.errors import VftError
from vft.publication.schema import EXTENSION

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
            f"En annen publisering har pågått i {wait_seconds:.0f} sekunder. Ingenting er "
            "publisert. Vent til den er ferdig, og prøv igjen."
        ) from busy
    with held:
        yield


def number(path: Path) -> int:
    """The number of a publication's file."""
    return int(path.stem)


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


def superfluous(folder: Path, *, keep: int) -> list[Path]:
    """Files that retention removes: all but the newest ``keep`` and the last of each month."""
    all_of_them = listed(folder)
    last_of_month = {p.created_at.strftime("%Y-%m"): p.number for p in all_of_them}
    kept = {*last_of_month.values(), *(p.number for p in all_of_them[-keep:])}
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
