"""Long lists, a page at a time: the same order each time, since a publication never changes."""

from collections.abc import Sequence
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from django.http import HttpRequest
from ninja import Schema
from pydantic import Field

T = TypeVar("T")
MOST = 2_000


class Window(Schema):
    """Hvilken del av listen."""

    limit: int = Field(500, ge=1, le=MOST, description="Hvor mange rader siden høyst har.")
    offset: int = Field(0, ge=0, le=10**9, description="Hvor mange rader som hoppes over.")


class Page(Schema, Generic[T]):
    """En side av en liste."""

    count: int = Field(description="Hvor mange rader listen har i alt.")
    publication: int = Field(description="Nummeret på publiseringen som radene er fra.")
    next: str | None = Field(description="Adressen til neste side; null på den siste.")
    previous: str | None = Field(description="Adressen til forrige side; null på den første.")
    items: list[T] = Field(description="Radene på siden.")


def page(
    request: HttpRequest, items: Sequence[Any], window: Window, *, count: int, publication: int
) -> dict[str, Any]:
    """The envelope of rows that are already cut to the window."""
    after, before = window.offset + window.limit, window.offset - window.limit
    return {
        "count": count,
        "publication": publication,
        "next": _address(request, window, after) if after < count else None,
        "previous": _address(request, window, max(before, 0)) if window.offset else None,
        "items": items,
    }


def cut(
    request: HttpRequest, rows: Sequence[Any], window: Window, *, publication: int
) -> dict[str, Any]:
    """The envelope of a list that is all at hand."""
    items = rows[window.offset : window.offset + window.limit]
    return page(request, items, window, count=len(rows), publication=publication)


def _address(request: HttpRequest, window: Window, offset: int) -> str:
    asked = {name: request.GET.getlist(name) for name in request.GET}
    query = asked | {"limit": [str(window.limit)], "offset": [str(offset)]}
    return f"{request.build_absolute_uri(request.path)}?{urlencode(query, doseq=True)}"
