"""The invented municipality: export files as vendors write them, from one model of known truth."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

Progress = Callable[[int, int], None]


@dataclass(frozen=True, kw_only=True)
class Written:
    """Where everything was written. ``truth`` never goes where files are received."""

    exports: Path
    corrections: Path
    bad: Path
    truth: Path


def write(
    folder: Path,
    *,
    scale: str,
    seed: int = 2024,
    size: float = 1.0,
    on_progress: Progress | None = None,
) -> Written:
    """Write an invented municipality: ``small``, ``demo``, ``oslo`` or ``nation``.

    Makes the folders ``exports`` (the delivery), ``corrections`` (a later one), ``bad`` (files
    that must be refused) and ``truth`` in ``folder``; files of the same name are replaced. The same
    scale, seed and size give the same bytes. ``size`` multiplies the number of persons.
    ``on_progress`` is told steps done and steps in all.

    Raises:
        KeyError: no such scale.
    """
    from vft.sources.invented import delivery

    return delivery.write(folder, scale=scale, seed=seed, size=size, on_progress=on_progress)
