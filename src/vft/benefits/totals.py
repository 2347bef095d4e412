"""Lines together: a total with an undocumented part is null, and says which lines it lacks."""

from collections.abc import Iterator, Sequence
from typing import get_args

from vft.benefits.case import Case
from vft.benefits.documented import Number, added, added_known, ratio
from vft.benefits.full_time import full_time_equivalents
from vft.benefits.result import LineResult, Missing, Quantities, Totals
from vft.benefits.unit_price import TimeOfDay

_QUANTITIES = tuple(Quantities.model_fields)


def totals(lines: Sequence[LineResult], case: Case) -> Totals:
    """Sums of one perspective's lines.

    A case without lines documents nothing, unless it says that the service replaces nothing.
    """
    is_known = bool(lines) or case.additive
    avoided = _together([line.avoided for line in lines], is_known=is_known)
    return Totals(
        before=_together([line.before for line in lines], is_known=is_known),
        after=_together([line.after for line in lines], is_known=is_known),
        avoided=avoided,
        fte=full_time_equivalents(avoided.hours, hours_per_fte=case.hours_per_fte),
        per_recipient=_shared(avoided, case.recipients),
        hours_by_time_of_day=_by_time_of_day(lines),
        documented=_documented(lines, is_known=is_known),
        undocumented=_missing(lines),
    )


def _together(parts: Sequence[Quantities], *, is_known: bool) -> Quantities:
    return Quantities(
        **{
            name: added(getattr(part, name) for part in parts) if is_known else None
            for name in _QUANTITIES
        }
    )


def _documented(lines: Sequence[LineResult], *, is_known: bool) -> Quantities:
    if not is_known:
        return Quantities(**dict.fromkeys(_QUANTITIES))
    found = {
        name: added_known(getattr(line.avoided, name) for line in lines) for name in _QUANTITIES
    }
    return Quantities(**found | {"nok": added_known(_kroner(lines))})


def _kroner(lines: Sequence[LineResult]) -> Iterator[Number]:
    """The kroner of each line, in its parts where not all of them are known."""
    for line in lines:
        if line.avoided.nok is None:
            yield from (line.avoided.activity_nok, line.avoided.km_nok)
        else:
            yield line.avoided.nok


def _shared(whole: Quantities, recipients: Number) -> Quantities:
    return Quantities(**{name: ratio(getattr(whole, name), recipients) for name in _QUANTITIES})


def _by_time_of_day(lines: Sequence[LineResult]) -> dict[TimeOfDay, Number]:
    used = {line.time_of_day for line in lines}
    parts: tuple[TimeOfDay, ...] = get_args(TimeOfDay)
    return {
        part: added(line.avoided.hours for line in lines if line.time_of_day == part)
        for part in parts
        if part in used
    }


def _missing(lines: Sequence[LineResult]) -> tuple[Missing, ...]:
    found = {
        name: tuple(sorted(line.id for line in lines if getattr(line.avoided, name) is None))
        for name in _QUANTITIES
    }
    return tuple(Missing(quantity=name, lines=ids) for name, ids in found.items() if ids)
