"""The zero alternative is exclusive: *either* a place in an institution *or* care at home.

Whoever would have been in an institution for a share of the year would have had care at home for
the rest of it only. The care that is given at home afterwards is what is left of it then.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from vft.benefits.activity import Measured
from vft.benefits.case import INSTITUTION, Case, Line
from vft.benefits.documented import Number, added, ratio, times


@dataclass(frozen=True, kw_only=True)
class Overlap:
    """Lines whose zero alternatives exclude each other, and how much of the year they share."""

    institution: tuple[str, ...]
    home: tuple[str, ...]
    share_before: Number
    share_after: Number


def overlap(case: Case, measured: Mapping[str, Measured]) -> Overlap | None:
    """Institution that is avoided beside care at home that was given before; None if not both."""
    lines = [
        line for line in case.lines if (line.perspective or case.perspective) == case.perspective
    ]
    institution = [line for line in lines if _is_avoided_institution(line, measured[_id(line)])]
    home = [line for line in lines if _is_home_before(line, measured[_id(line)])]
    if not institution or not home:
        return None
    parts = [measured[_id(line)] for line in institution]
    return Overlap(
        institution=tuple(_id(line) for line in institution),
        home=tuple(_id(line) for line in home),
        share_before=_share((p.before.institution_days for p in parts), case),
        share_after=_share((p.after.institution_days for p in parts), case),
    )


def exclusive(found: Overlap, measured: Mapping[str, Measured]) -> dict[str, Measured]:
    """Every line again, home care counted only in the part of the year spent at home."""
    return {
        name: _at_home(year, found) if name in found.home else year
        for name, year in measured.items()
    }


def _at_home(year: Measured, found: Overlap) -> Measured:
    before = year.before.scaled(_rest(found.share_before))
    after = year.after.scaled(_rest(found.share_after))
    return Measured(before=before, after=after, avoided=before.minus(after))


def _rest(share: Number) -> Number:
    return None if share is None else max(0.0, 1.0 - share)


def _share(days: Iterable[Number], case: Case) -> Number:
    """The share of the recipients' year that is spent in an institution."""
    return ratio(added(days), times(case.recipients, case.days_per_year))


def _is_avoided_institution(line: Line, year: Measured) -> bool:
    return line.kind in INSTITUTION and (year.avoided.institution_days or 0.0) > 0


def _is_home_before(line: Line, year: Measured) -> bool:
    return line.kind not in INSTITUTION and (year.before.count or 0.0) > 0


def _id(line: Line) -> str:
    return str(line.id)
