"""What readers will ask for first, made before they ask: after a publishing, or where roles change.

What is made is kept where the pages look: pictures by :mod:`vft.web.charts.svg`, what is hidden
from whom by :mod:`vft.web.masks`. Without it every page is the same, and the first reader waits.
"""

from collections.abc import Iterator, Sequence

from vft.access import scope, thresholds
from vft.access.models import User
from vft.access.scope import NOWHERE, Scope
from vft.web import book, masks
from vft.web.book import NOW, Book
from vft.web.charts import svg
from vft.web.rooms import overview
from vft.web.rooms.scaling import views as scaling
from vft.web.rooms.scaling.choice import Choice
from vft.web.shown import Shown


def wanted() -> tuple[Book, tuple[Scope, ...], int] | None:
    """The newest publication, the scopes that users have, and the threshold of small counts.

    None where nothing is published.
    """
    here = book.newest()
    return None if here is None else (here, scopes(), thresholds.small_cells())


def scopes() -> tuple[Scope, ...]:
    """Those of active users with a role, each once; and that of what is shared with everyone."""
    users = User.objects.filter(is_active=True).order_by("pk")
    found = [scope.visible_units(user) for user in users if scope.roles_of(user)]
    return tuple(dict.fromkeys([*found, NOWHERE]))


def prepare(here: Book, readers: Sequence[Scope], *, threshold: int) -> Iterator[None]:
    """Make everything, one thing a step: for all first what they are met with, then the rest."""
    masks.clear(but=here.publication)
    svg.clear(before=here.publication.created_at)
    each = [Shown(here, reader, threshold=threshold) for reader in readers]
    for shown in each:
        overview.drawn(shown, shown.home(NOW))
        yield
    for indicator in here.indicators:
        for shown in each:
            shown.settle(indicator)
            scaling.drawn(shown, Choice.read({"indikator": indicator}, shown))
            yield
