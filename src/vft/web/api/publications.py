"""What has been published, and what was corrected."""

from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Schema
from pydantic import Field

from vft.access import scope
from vft.publication import shelf
from vft.publication.read import Publication
from vft.publication.shelf import Listed
from vft.web.api import reading
from vft.web.api.interface import OTHERWISE, api
from vft.web.api.paging import Page, Window, cut
from vft.web.book import NOW, Book
from vft.web.cube import code_of
from vft.web.rooms.holdings import corrections as room


class PublicationItem(Schema):
    """En publisering: et sett tall som aldri endres."""

    number: int
    created_at: datetime
    manifest: int = Field(description="Tilstanden av datalageret som tallene er beregnet av.")
    figures: int = Field(description="Hvor mange tall den har.")
    corrections: int = Field(description="Hvor mange tall som er rettet siden forrige.")


class PublicationDetail(PublicationItem):
    """En publisering, og hva den er laget av."""

    municipality: str
    code_version: str
    inputs: dict[str, int] = Field(description="Tabellene i datalageret, med versjon.")


class CorrectionItem(Schema):
    """Et tall som ikke er som i forrige publisering."""

    indicator: str
    measure: str
    slice: str
    grouping: str
    unit: str
    month: str
    before: float | None = Field(description="Null: det var ikke noe tall.")
    after: float | None = Field(description="Null: det er ikke noe tall.")


@api.get(
    "/publications",
    response={200: Page[PublicationItem], **OTHERWISE},
    operation_id="publications",
    url_name="publications",
    summary="Publiseringene",
)
def publications(request: HttpRequest, window: Query[Window]) -> dict[str, Any]:
    """Den nyeste først."""
    here = reading.shown(request).book
    found = _listed(_folder(), tuple(shelf.paths(_folder())))
    return cut(request, found[::-1], window, publication=here.number)


@api.get(
    "/publications/{number}",
    response={200: PublicationDetail, **OTHERWISE},
    operation_id="publication",
    url_name="publication",
    summary="En publisering, og hva den er laget av",
)
def publication(request: HttpRequest, number: int) -> dict[str, Any]:
    """Tallene som hentes ellers, er fra den nyeste."""
    reading.require(request, scope.FIGURES)
    paths = tuple(shelf.paths(_folder()))
    listed = next((p for p in _listed(_folder(), paths) if p.number == number), None)
    if listed is None:
        raise Http404(_("Det er ingen publisering %(number)s.") % {"number": number})
    opened = Publication.open(shelf.path(_folder(), number))
    try:
        more = {name: opened.meta[name] for name in ("municipality", "code_version")}
        return vars(listed) | more | {"inputs": opened.inputs}
    finally:
        opened.close()


@api.get(
    "/corrections",
    response={200: Page[CorrectionItem], **OTHERWISE},
    operation_id="corrections",
    url_name="corrections",
    summary="Tall som er rettet siden forrige publisering",
)
def corrections(request: HttpRequest, window: Query[Window]) -> dict[str, Any]:
    """I leserens egne enheter og for kommunen; andres er ikke med."""
    reading.require(request, scope.DELIVERIES)
    shown = reading.shown(request)
    rows = [_correction(shown.book, found) for found in room.seen(shown)]
    return cut(request, rows, window, publication=shown.book.number)


def _correction(here: Book, found: Any) -> dict[str, Any]:
    unit = here.named(found.grouping, found.unit, NOW)
    return {
        **{name: getattr(found, name) for name in ("indicator", "measure", "grouping", "month")},
        "slice": f"{found.slice_kind}:{found.slice}",
        "unit": code_of(here, unit) if unit else found.unit,
        "before": found.before,
        "after": found.after,
    }


def _folder() -> Path:
    return Path(settings.VFT_HOME) / "publications"


@lru_cache(maxsize=4)
def _listed(folder: Path, paths: tuple[Path, ...]) -> list[Listed]:  # noqa: ARG001 - part of the cache's key
    return shelf.listed(folder)
