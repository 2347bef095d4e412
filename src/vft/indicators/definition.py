"""What an indicator must say of itself before it may show a figure."""

from dataclasses import asdict, dataclass, field, fields
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from vft.indicators import examples
from vft.indicators.slices import GROUP, SERVICE, TOTAL

if TYPE_CHECKING:
    from collections.abc import Callable

    import ibis.expr.types as ir

    from vft.indicators.frame import Frame


class Better(StrEnum):
    """Which way is progress."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


class Family(StrEnum):
    """What a reader looks for an indicator under. The value is what she reads."""

    SCALING = "Skalering"
    OVERALL = "Overordnet"
    EQUAL_OFFER = "Likt tilbud"


class Kind(StrEnum):
    """How a figure comes about, which decides how it adds up and what may be shown of it."""

    COUNT = "count"  # of persons, cases or things: none is zero
    AMOUNT = "amount"  # a sum of something that those of its basis have: none is zero
    SHARE = "share"  # of one count among another that it is part of
    RATE = "rate"  # one count or amount over another
    QUANTITY = "quantity"  # a median or the like of those of its basis: of nobody there is none


@dataclass(frozen=True, kw_only=True)
class Measure:
    """One of the figures that an indicator gives. ``at_month_end``: else within the month.

    SHARE and RATE name their ``numerator`` and ``denominator``, and AMOUNT and QUANTITY their
    ``basis``, the count of those they rest on: other measures of the same indicator. ``per``: what
    a share or rate is multiplied by, 100 for percent. ``unit``: the indicator's unless told.
    ``independent``: months do not depend on each other, so that limits of change may be laid.
    ``needs``: tables beside the indicator's without which it is missing. A COUNT with a ``basis``
    is one of the parts that are all there is of that. ``own_only``: shown only to those who follow
    up the unit, since it would tell what another indicator hides. ``made_of``: an indicator whose
    counts it weighs and sums, so that it is shown only where they all are.
    """

    code: str
    title: str
    meaning: str
    at_month_end: bool
    kind: Kind = Kind.COUNT
    unit: str = ""
    numerator: str = ""
    denominator: str = ""
    basis: str = ""
    per: int = 1
    decimals: int = 0
    better: Better | None = None
    independent: bool = False
    needs: tuple[str, ...] = ()
    own_only: bool = False
    made_of: str = ""

    @property
    def is_derived(self) -> bool:
        """Whether it is computed from two others."""
        return self.kind in {Kind.SHARE, Kind.RATE}

    @property
    def rests_on(self) -> tuple[str, ...]:
        """The measures without which it cannot be shown."""
        return tuple(code for code in (self.numerator, self.denominator, self.basis) if code)


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """An indicator. Texts are bokmål, for the reader of the catalogue.

    ``adds_over_units``: whether the parts of a unit sum to the unit; ``adds_over_time``: whether
    months sum to years. ``needs``: tables without which a month's figures are missing, not zero.
    ``window``: how many months a month's figures look back over, itself included;
    ``settles_after``: how many days after a month's end its figures can still come to be;
    ``history``: how many days before a case the data must tell of for the case to be known.
    ``leaves_out``: technologies that are no part of any slice.
    ``hides_with``: indicators whose hidden figures could be computed from this one's.
    ``descriptive``: it compares groups that differ in more than what is compared.
    ``counts_things``: what is counted is equipment and no person.
    ``compute`` gives ``(measure, slice_kind, slice, grouping, unit, geography, month, value)``: a
    row for each count or amount that is not zero, and each quantity there is; one whose value is
    null is missing there, for want of what it is computed from. Shares and rates are derived
    from those (:mod:`vft.indicators.compute`).
    ``behind`` gives the rows behind its counts: ``(measure, slice_kind, slice, home, month,
    recipient_id, thing, detail)``. As many different recipients and things as the figure says;
    ``thing`` is what is counted where it is no person, ``detail`` tells more of it in bokmål. Where
    amounts of kroner are told, ``ore`` comes last: what each row comes to, in øre.
    """

    id: str
    title: str
    question: str
    why: str
    numerator: str
    denominator: str
    unit: str
    better: Better
    adds_over_units: bool
    adds_over_time: bool
    owner: str
    checker: str
    next_review: date
    sources: tuple[str, ...]
    needs: tuple[str, ...]
    measures: tuple[Measure, ...]
    family: Family = Family.SCALING
    slice_kinds: tuple[str, ...] = (SERVICE, GROUP, TOTAL)
    window: int = 1
    settles_after: int = 0
    history: int = 0
    leaves_out: tuple[str, ...] = ()
    hides_with: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()
    descriptive: bool = False
    counts_things: bool = False
    compute: "Callable[[Frame], ir.Table]" = field(compare=False)
    behind: "Callable[[Frame], ir.Table] | None" = field(default=None, compare=False)

    def measure(self, code: str) -> Measure:
        """One of its measures."""
        return next(measure for measure in self.measures if measure.code == code)

    def described(self) -> dict[str, Any]:
        """What the catalogue shows, as plain values."""
        plain = {
            f.name: getattr(self, f.name)
            for f in fields(self)
            if f.name not in {"compute", "behind"}
        }
        return plain | {
            "better": self.better.value,
            "family": self.family.value,
            "next_review": self.next_review.isoformat(),
            "examples": examples.of(self.id, {m.code: m.title for m in self.measures}),
            "measures": [_plain(measure, self) for measure in self.measures],
        }


def _plain(measure: Measure, of: Indicator) -> dict[str, Any]:
    better = measure.better or of.better
    unit = measure.unit or of.unit
    return asdict(measure) | {"kind": measure.kind.value, "unit": unit, "better": better.value}
