"""From which count a figure is shown to everyone. One threshold for the whole installation."""

from vft.access import scope
from vft.access.models import SmallCells, User
from vft.access.writes import writing
from vft.disclosure.cell import THRESHOLD
from vft.errors import VftError

#: Statistics Norway hides counts below this; no installation may show more.
LOWEST = 3
HIGHEST = 50


def small_cells() -> int:
    """Counts from 1 up to but not including this are small.

    One question to the database: ask it once a page, and hand the answer on.
    """
    found = SmallCells.objects.order_by("-id").values_list("threshold", flat=True).first()
    return THRESHOLD if found is None else found


def set_small_cells(*, threshold: int, by: User) -> None:
    """Set another threshold; the ones before stay in the history.

    Raises:
        AccessDenied: only an administrator sets it.
        VftError: it is too low to protect anyone, or hides nearly everything.
    """
    scope.require(by, scope.ADMINISTER)
    if not LOWEST <= threshold <= HIGHEST:
        raise VftError(
            f"Grensen for små tall må være fra {LOWEST} til {HIGHEST}. Ingenting er endret."
        )
    with writing():
        SmallCells(threshold=threshold, set_by=by).save()
