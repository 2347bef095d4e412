"""Rows that were refused, by rule, with what to do about each."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from vft import tables
from vft.access import scope
from vft.pipeline.holdings import Refusals
from vft.pipeline.mending import how_to_mend
from vft.web import book, held
from vft.web.misread import Field, misread
from vft.web.norwegian import alphabetical


@dataclass(frozen=True, kw_only=True)
class Broken:
    """A rule that rows broke, in the reader's words."""

    refusals: Refusals
    table_title: str
    column_title: str
    mend: str


@dataclass(frozen=True, kw_only=True)
class Source:
    """A source and the rules its rows broke."""

    title: str
    broken: list[Broken]

    @property
    def faults(self) -> int:
        """How many faults in all; a row may have several."""
        return sum(b.refusals.rows for b in self.broken)


def page(request: HttpRequest) -> HttpResponse:
    """Refused rows by source and rule, those with most rows first."""
    scope.require(request.user, scope.DELIVERIES)
    everything = held.quarantine()
    sources = sorted(
        {(r.source, r.source_title) for r in everything}, key=lambda s: alphabetical(s[1])
    )
    asked = request.GET.get("kilde", "")
    titles = dict(sources)
    source = asked if asked in titles else ""
    field = Field(label=_("Kilde"), key=source, name=titles.get(source, _("alle kilder")))
    context = {
        "misread": misread(request.GET.dict(), {"kilde": field}),
        "found": by_source([r for r in everything if source in {"", r.source}]),
        "sources": sources,
        "source": source,
        "publication": book.newest(),
    }
    return render(request, "web/holdings_quarantine.html", context)


def by_source(refusals: list[Refusals]) -> list[Source]:
    """The rules that rows broke, source by source, those with most faults first."""
    found: dict[str, list[Broken]] = {}
    for refusal in refusals:
        found.setdefault(refusal.source_title, []).append(broken(refusal))
    sources = [Source(title=title, broken=rules) for title, rules in found.items()]
    return sorted(sources, key=lambda s: -s.faults)


def broken(refusals: Refusals) -> Broken:
    """A rule with the titles of the contract that it belongs to."""
    contract = tables.ALL.get(refusals.table)
    column = contract.column.get(refusals.column) if contract else None
    return Broken(
        refusals=refusals,
        table_title=contract.title if contract else "",
        column_title=column.title if column else "",
        mend=how_to_mend(refusals.rule),
    )
