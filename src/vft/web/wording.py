"""How the figures of a measure are written and spoken of: persons, percent, days, kroner, rates.

What a reader is told depends on what is counted: there are *more* persons, a share is *higher* by
percentage points, and a wait is *longer*.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vft.tables.norwegian import SPACE
from vft.web import norwegian

if TYPE_CHECKING:
    from vft.disclosure.cell import Cell
    from vft.publication.read import Measure

_PERCENT = frozenset({"prosent", "%"})
_KRONER = frozenset({"kroner", "kr", "NOK"})
#: What a sum is more or less *of*; of all else that is summed there are more or fewer.
_MUCH = _KRONER | {"minutter", "timer", "sekunder", "minutter per uke", "timer per uke"}
_ONE = {"dager": "dag", "timer": "time", "minutter": "minutt", "sekunder": "sekund"}
#: (more, less, most, least), then what two alike are.
_WORDS: dict[str, tuple[Promise, ...]] = {
    "count": (
        gettext_lazy("%(much)s flere enn i %(when)s"),
        gettext_lazy("%(much)s færre enn i %(when)s"),
        gettext_lazy("like mange som i %(when)s"),
        gettext_lazy("flest"),
        gettext_lazy("færrest"),
    ),
    "amount": (
        gettext_lazy("%(much)s mer enn i %(when)s"),
        gettext_lazy("%(much)s mindre enn i %(when)s"),
        gettext_lazy("like mye som i %(when)s"),
        gettext_lazy("mest"),
        gettext_lazy("minst"),
    ),
    "duration": (
        gettext_lazy("%(much)s lengre enn i %(when)s"),
        gettext_lazy("%(much)s kortere enn i %(when)s"),
        gettext_lazy("like lenge som i %(when)s"),
        gettext_lazy("lengst"),
        gettext_lazy("kortest"),
    ),
    "level": (
        gettext_lazy("%(much)s høyere enn i %(when)s"),
        gettext_lazy("%(much)s lavere enn i %(when)s"),
        gettext_lazy("det samme som i %(when)s"),
        gettext_lazy("høyest"),
        gettext_lazy("lavest"),
    ),
}


@dataclass(frozen=True, kw_only=True)
class Wording:
    """What a measure's figures are of. See :class:`vft.publication.read.Measure`."""

    kind: str = "count"
    unit: str = "personer"
    decimals: int = 0
    better: str = "neither"

    @classmethod
    def of(cls, measure: "Measure") -> "Wording":
        """The wording of a measure."""
        return cls(
            kind=measure.kind, unit=measure.unit, decimals=measure.decimals, better=measure.better
        )

    @property
    def is_count(self) -> bool:
        """Whether persons or things are counted, so that large units have more of them."""
        return self.kind in {"count", "amount"}

    @property
    def is_percent(self) -> bool:
        """Whether it is written with a percent sign."""
        return self.unit in _PERCENT

    def bare(self, value: float) -> str:
        """1 234,5: the number alone, as on an axis."""
        return norwegian.decimal(value, self.places)

    @property
    def places(self) -> int:
        """How many decimals are written. Sums of money are read in whole kroner."""
        return 0 if self.unit in _KRONER and self.kind == "amount" else self.decimals

    def figure(self, value: float) -> str:
        """The number and, unless it counts, what it is of: 34,5 %, 12 dager, 1 200 kr."""
        return f"{self.bare(value)}{self._after(value, 'percent')}"

    def cell(self, cell: "Cell") -> str:
        """A figure, or which of the other states it is in."""
        return norwegian.cell(cell) if cell.value is None else self.figure(cell.value)

    def difference(self, value: float) -> str:
        """How far apart two figures are: of shares in percentage points."""
        after = "" if self._speech == "count" else self._after(abs(value), "points")
        return f"{self.bare(abs(value))}{after}"

    def titled(self, title: str) -> str:
        """A measure's title with its unit, for an axis or a heading, unless the title says it."""
        says = self.unit.casefold() in title.casefold()
        known = self.kind == "count" or self.unit in {"", "personer"} or says
        return title if known else f"{title}, {self.unit}"

    def apart(self, now: float, then: float) -> float:
        """The difference between two figures as they are written, so that a reader can check it."""
        return round(round(now, self.places) - round(then, self.places), self.places)

    def compared(self, now: float, then: float, when: str) -> str:
        """12 flere enn i oktober; 2,3 prosentpoeng lavere enn i oktober."""
        difference = self.apart(now, then)
        more, less, alike, _most, _least = _WORDS[self._speech]
        words = alike if difference == 0 else more if difference > 0 else less
        return str(words) % {"much": self.difference(difference), "when": when}

    def judged(self, now: float, then: float) -> str:
        """Whether a change is for the better or the worse; nothing where neither is."""
        difference = self.apart(now, then)
        if self.better not in {"higher", "lower"} or difference == 0:
            return ""
        return _("bedre") if (difference > 0) == (self.better == "higher") else _("dårligere")

    @property
    def direction(self) -> str:
        """Which way is better, as a sentence; nothing where neither is."""
        if self.better not in {"higher", "lower"}:
            return ""
        return _("Høyere er bedre.") if self.better == "higher" else _("Lavere er bedre.")

    @property
    def most(self) -> str:
        """What the one with the largest figure has: flest, mest, lengst, høyest."""
        return str(_WORDS[self._speech][3])

    @property
    def least(self) -> str:
        """What the one with the smallest figure has."""
        return str(_WORDS[self._speech][4])

    @property
    def _speech(self) -> str:
        if self.is_count:
            return "amount" if self.unit in _MUCH else "count"
        return "duration" if self.kind == "quantity" and self.unit in _ONE else "level"

    def _after(self, value: float, of_percent: str) -> str:
        if self.is_percent:
            return f"{SPACE}%" if of_percent == "percent" else f" {_('prosentpoeng')}"
        if self.unit in _KRONER:
            return f"{SPACE}kr"
        if self.kind == "count" or self.unit in {"", "personer"}:
            return ""
        one = round(value, self.places) == 1
        return f"{SPACE}{_ONE.get(self.unit, self.unit) if one else self.unit}"


#: Persons counted: what most measures are.
PERSONS = Wording()
