"""What every indicator is computed within: the lake's rows, the months, the geography, today."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from vft.indicators import geography, living
from vft.panel.fact import Rows
from vft.panel.spells import service_spells
from vft.tables import services

if TYPE_CHECKING:
    import ibis.expr.types as ir

#: Before all that any register tells.
ALWAYS = date(1900, 1, 1)


@dataclass(frozen=True, kw_only=True)
class Frame:
    """``changed_on``: the days on which units were merged, split, moved or renamed, in order.

    ``today`` decides which units, parents and groups "som nå" speaks of. ``eras`` and ``places``:
    see ``indicators.geography``, which makes a frame. ``settle`` takes what is used more than once
    and gives the same rows, computed already where the engine gains by that. ``lived``:
    ``(recipient_id, starts_on, ends_on, home)``, where everybody lived all their days, a home
    being the number of a place then and now; ``belonging``: ``(unit, starts_on, ends_on, home)``,
    where things count that belong to a unit and to nobody in it; ``in_home``: ``(home, geography,
    grouping, unit, place)``, every place that a home counts in, ``place`` being its number.
    ``since``: the first day that the data speaks of; of cases from before it, sources tell only
    those that were not over by then.
    """

    rows: Rows
    months: Sequence[str]
    changed_on: Sequence[date]
    today: date
    eras: "ir.Table"
    places: "ir.Table"
    lived: "ir.Table"
    belonging: "ir.Table"
    in_home: "ir.Table"
    settle: "Callable[[ir.Table], ir.Table]"
    since: date = ALWAYS
    _kept: "dict[str, ir.Table]" = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def shared(self, name: str, make: "Callable[[], ir.Table]") -> "ir.Table":
        """What several indicators use, made and settled once for all of them."""
        if name not in self._kept:
            self._kept[name] = self.settle(make())
        return self._kept[name]


def spells_of(frame: Frame) -> "ir.Table":
    """When technology was held: see :func:`~vft.panel.spells.service_spells`."""
    return frame.shared("spells", lambda: _of_technology(service_spells(frame.rows)))


def _of_technology(spells: "ir.Table") -> "ir.Table":
    return spells.filter(spells.service.isin(list(services.TECHNOLOGY)))


def framed(
    rows: Rows,
    *,
    months: Sequence[str],
    changed_on: Sequence[date],
    today: date,
    settle: "Callable[[ir.Table], ir.Table]" = lambda table: table,
) -> Frame:
    """The frame of some months, in the geography of ``today``. See :class:`Frame`."""
    known_eras = settle(geography.eras(rows))
    known_places = settle(geography.places(rows, known_eras))
    organised = living.Organised(rows=rows, eras=known_eras, places=known_places, settle=settle)
    stays = settle(living.located(organised, changed_on=changed_on, today=today))
    homes_of = settle(living.numbered(stays))
    return Frame(
        rows=rows,
        months=months,
        changed_on=changed_on,
        today=today,
        eras=known_eras,
        places=known_places,
        lived=settle(living.lived(stays, homes_of)),
        belonging=settle(living.belonging(stays, homes_of)),
        in_home=settle(living.in_home(known_places, homes_of, today)),
        settle=settle,
    )
