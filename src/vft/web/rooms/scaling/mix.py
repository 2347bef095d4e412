"""The products of the chosen unit as one picture: how many use each, service by service."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from vft.disclosure.cell import Cell, State
from vft.publication.read import Measure
from vft.web import norwegian
from vft.web.book import Slice
from vft.web.charts import bars
from vft.web.charts.bars import Bar, Bars
from vft.web.charts.svg import Picture
from vft.web.rooms.scaling.choice import Choice
from vft.web.shown import Shown


@dataclass(frozen=True, kw_only=True)
class Product:
    """A product and its figure, as the reader may see it. ``share``: of its service's products."""

    name: str
    service: str
    cell: Cell
    share: str


def context(shown: Shown, choice: Choice, month: str) -> dict[str, Any]:
    """What the page shows of the products; nothing where the indicator is not given for them."""
    products = _products(shown, choice, month)
    there = [p for p in products if p.cell.value]
    if not there:
        return {"products": []}
    counted = _counted(choice)
    slices = choice.book.slices_of(choice.indicator.code).values()
    return {
        "mix_leads": all(s.kind == "product" for s in slices),
        "mix_measure": counted.title if counted else "",
        "products": products,
        "mix": _picture(products, month),
        "mix_title": _title(there),
    }


def _products(shown: Shown, choice: Choice, month: str) -> list[Product]:
    slices = choice.book.slices_of(choice.indicator.code).values()
    only = all(s.kind == "product" for s in slices)  # then the mix is what there is to see
    asked = [s for s in slices if s.kind == "product" and (only or _concerns(choice.of, s))]
    measure = _counted(choice)
    if measure is None:
        return []
    cells = [(of, _cell(shown, choice, measure, of, month)) for of in asked]
    found: list[Product] = []
    for service, group in groupby(cells, key=lambda pair: _service(pair[0])):
        members = sorted(group, key=lambda pair: (-(pair[1].value or 0), pair[0].short))
        found += _of_service(choice.book.slices, service, members)
    return found


def _counted(choice: Choice) -> Measure | None:
    """What the picture counts: the chosen measure, or what the chosen share is a part of."""
    if choice.measure.kind == "count":
        return choice.measure
    return choice.measures[choice.measure.numerator] if choice.measure.kind == "share" else None


def _concerns(chosen: Slice, product: Slice) -> bool:
    """Whether a product is of the service chosen; of the whole, all are."""
    if chosen.kind in {"service", "product"}:
        return _service(product) == _service(chosen)
    return True


def _service(of: Slice) -> str:
    return of.code.partition(":")[0]


def _cell(shown: Shown, choice: Choice, measure: Measure, of: Slice, month: str) -> Cell:
    points = shown.series(choice.unit, measure=measure, of=of, geography=choice.geography)
    missing = Cell(value=None, state=State.MISSING)
    return next((p.cell for p in points if p.month == month), missing)


def _of_service(
    slices: dict[str, Slice], service: str, members: list[tuple[Slice, Cell]]
) -> list[Product]:
    """A service's products, each with its share where none of them is hidden."""
    name = slices[f"service:{service}"].name
    values = [cell.value for _of, cell in members]
    total = sum(value or 0 for value in values)
    known = total > 0 and None not in values
    return [
        Product(
            name=of.short,
            service=name,
            cell=cell,
            share=norwegian.percent((cell.value or 0) / total) if known else "",
        )
        for of, cell in members
    ]


def _title(there: list[Product]) -> str:
    services = {p.service for p in there}
    if len(services) > 1:
        told = {"count": str(len(there)), "services": str(len(services))}
        return _("%(count)s produkter er i bruk i %(services)s tjenester") % told
    first = there[0]
    if not first.share:
        return _("%(product)s er det produktet flest har, av dem som kan vises") % {
            "product": first.name
        }
    told = {
        "product": first.name,
        "share": first.share,
        "service": norwegian.in_sentence(first.service),
    }
    return _("%(product)s er %(share)s av produktene i %(service)s") % told


def _picture(products: list[Product], month: str) -> Picture:
    drawn: list[Bar] = []
    for service, members in groupby(products, key=lambda p: p.service):
        drawn.append(Bar(name=service, cell=Cell(value=0, state=State.VALUE), head=True))
        drawn += [Bar(name=p.name, cell=p.cell, beside=p.share) for p in members]
    said = ", ".join(f"{p.name} {norwegian.cell(p.cell)}" for p in products)
    return bars.draw(
        Bars(
            bars=drawn,
            title=_("Produkter i bruk"),
            says=_("Stolpediagram over produkter i %(month)s: %(said)s.")
            % {"month": norwegian.month(month), "said": said},
            axis=norwegian.month(month),
        )
    )
