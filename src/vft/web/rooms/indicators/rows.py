"""The rows behind a figure, by role: equipment, pseudonyms, or names; and why not, for the others.

Persons are shown to those who follow them up, for a purpose that is kept in the access log.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from vft.access import scope, thresholds
from vft.disclosure.cell import State
from vft.errors import AccessDenied
from vft.report.csv import safe
from vft.web import book
from vft.web.purpose import PurposeForm
from vft.web.rooms.scaling.choice import Choice
from vft.web.shown import Shown

if TYPE_CHECKING:
    from vft.pipeline.behind import Behind, Figure
    from vft.web.rooms.indicators.explained import Explained


#: What each act opens, the widest first where several do.
_SAYS: Mapping[str, Promise] = {
    scope.DISCREPANCIES: gettext_lazy("Du ser utstyret bak tallet."),
    scope.PERSONS: gettext_lazy("Du ser hvem som er bak tallet, med navn."),
    scope.ROWS: gettext_lazy("Du ser radene bak tallet med pseudonym, uten navn."),
}


@dataclass(frozen=True, kw_only=True)
class Opening:
    """How far the reader may go behind a figure. ``act``: what opens it; empty: nothing does."""

    act: str
    says: Promise | str

    @property
    def asks_purpose(self) -> bool:
        """Whether persons are shown, so that a purpose must be told."""
        return self.act in {scope.ROWS, scope.PERSONS}


def opening(user: Any, choice: Choice) -> Opening:
    """What a reader may see behind the figures of a choice, or why she may not."""
    from vft.pipeline import behind

    code, lineage = choice.indicator.code, choice.book.lineage(choice.unit)
    if not behind.has_rows(code):
        return Opening(act="", says=_("Tallet er ikke bygd av rader som kan vises hver for seg."))
    act = way_in(user, code, lineage)
    return Opening(act=act, says=_SAYS[act] if act else _why_not(user, _acts(code), choice))


def way_in(user: Any, indicator: str, lineage: Iterable[str]) -> str:
    """The act that opens the rows behind an indicator's figures in a unit; empty: none does."""
    from vft.pipeline import behind

    if not behind.has_rows(indicator):
        return ""
    own = list(lineage)
    return next((act for act in _acts(indicator) if scope.may(user, act, own)), "")


def _acts(indicator: str) -> tuple[str, ...]:
    from vft.pipeline import behind

    things = behind.counts_things(indicator)
    return (scope.DISCREPANCIES,) if things else (scope.PERSONS, scope.ROWS)


def _why_not(user: Any, acts: Iterable[str], choice: Choice) -> str:
    told = {"unit": choice.unit.name}
    if any(scope.may_somewhere(user, act) for act in acts):
        return _("Rollen din åpner radene i andre enheter, ikke i %(unit)s.") % told
    return (
        _(
            "Rollen din åpner ikke for radene bak tallet. VFT-koordinatoren for %(unit)s kan se "
            "dem, og hvert innsyn logges."
        )
        % told
    )


@require_POST
@sensitive_variables("found")
def page(request: HttpRequest, indicator: str) -> HttpResponse:
    """The rows behind the figure that the address names, on screen or as a file."""
    from vft.web.rooms.indicators import explained

    scope.require(request.user, scope.FIGURES)
    visible = scope.visible_units(request.user)
    shown = Shown(book.current(), visible, threshold=thresholds.small_cells())
    figure = explained.Explained.read(request.GET.dict(), shown, indicator)
    way = opening(request.user, figure.choice)
    if not way.act:
        raise AccessDenied(str(way.says))
    form = PurposeForm(request.POST) if way.asks_purpose else None
    if form is not None and not form.is_valid():
        context = explained.context(request, figure) | {"form": form}
        return render(request, "web/explained.html", context, status=422)
    purpose = form.cleaned_data["purpose"] if form else ""
    found = _behind(request, figure, way, purpose)
    if request.POST.get("som") == "fil":
        return _file(figure, _of_persons(found) if way.asks_purpose else _of_things(found))
    context = {
        "figure": figure,
        "choice": figure.choice,
        "opening": way,
        "found": found,
        "purpose": purpose,
        "publication": shown.book,
    }
    answer = render(request, "web/figure_rows.html", context)
    answer["Cache-Control"] = "no-store"
    return answer


def _behind(request: HttpRequest, figure: "Explained", way: Opening, purpose: str) -> "Behind":
    from vft.pipeline import behind
    from vft.web.uploads import home

    asked, state = _asked(figure), int(figure.choice.book.publication.meta["manifest"])
    if figure.point.cell.state is not State.VALUE:
        return behind.Behind(rows=[], total=0)
    if not way.asks_purpose:
        return behind.things(home(), asked, state=state)
    lineage = figure.choice.book.lineage(figure.choice.unit)
    show = behind.persons if way.act == scope.PERSONS else behind.pseudonyms
    return show(
        home(),
        asked,
        state=state,
        by=request.user,  # type: ignore[arg-type] # logged in: the scope was asked
        role=scope.role_used(request.user, lineage, act=way.act),
        purpose=purpose,
    )


def _asked(figure: "Explained") -> "Figure":
    from vft.pipeline.behind import Figure

    choice = figure.choice
    return Figure(
        indicator=choice.indicator.code,
        measure=choice.measure.code,
        slice_kind=choice.of.kind,
        slice=choice.of.code,
        grouping=choice.unit.grouping,
        unit=choice.unit.code,
        geography=choice.geography,
        month=figure.month,
    )


def _of_persons(found: "Behind") -> list[list[str]]:
    """A heading and a line for each. ``thing``: what of hers is counted, where there is one."""
    lines = [
        [row.name or row.pseudonym, row.identity, row.thing, ", ".join(row.counted_as), row.detail]
        for row in found.rows
    ]
    heading = [_("Navn"), _("Fødselsnummer"), _("Utstyr"), _("Telles som"), _("Detaljer")]
    return [heading, *([safe(cell) for cell in line] for line in lines)]


def _of_things(found: "Behind") -> list[list[str]]:
    """A heading and a line for each: of no person, and with what it costs where that is told."""
    heading = [_("Utstyr"), _("Telles som"), _("Detaljer")]
    lines = [
        [safe(cell) for cell in (row.thing, ", ".join(row.counted_as), row.detail)]
        for row in found.rows
    ]
    if all(row.ore is None for row in found.rows):
        return [heading, *lines]
    costs = [_kroner(row.ore) for row in found.rows]
    return [
        [*heading, _("Beløp (kr)")],
        *([*line, cost] for line, cost in zip(lines, costs, strict=True)),
    ]


def _kroner(ore: int | None) -> str:
    """610,00 for 61000: a number to a Norwegian spreadsheet."""
    return "" if ore is None else f"{Decimal(ore) / 100:.2f}".replace(".", ",")


def _file(figure: "Explained", lines: Iterable[list[str]]) -> HttpResponse:
    """The rows as a Norwegian spreadsheet opens them."""
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows(lines)
    answer = HttpResponse(
        text.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8"
    )
    name = f"{figure.choice.indicator.code}_{figure.choice.unit.code}_{figure.month}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer
