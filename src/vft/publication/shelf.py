"""The publications of an installation: which there are, and which are kept."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from vft.publication.schema import EXTENSION


@dataclass(frozen=True, kw_only=True)
class Listed:
    """One publication, as a list shows it."""

    number: int
    created_at: datetime
    manifest: int
    figures: int
    corrections: int


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
