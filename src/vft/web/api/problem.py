"""Every error in one shape: RFC 9457, application/problem+json."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from ninja import Schema
from pydantic import Field

MEDIA_TYPE = "application/problem+json"
TITLES: dict[int, str | Promise] = {
    400: _("Forespørselen kan ikke leses"),
    401: _("Nøkkel mangler eller gjelder ikke"),
    403: _("Ikke tilgang"),
    404: _("Finnes ikke"),
    405: _("Bare GET er tillatt"),
    422: _("Spørringen er ikke forstått"),
    429: _("For mange forespørsler"),
}
_SAYS: dict[str, str | Promise] = {
    "missing": _("mangler"),
    "int_parsing": _("må være et helt tall"),
    "greater_than_equal": _("er for lite"),
    "less_than_equal": _("er for stort"),
    "literal_error": _("er ikke en av dem som kan velges"),
    "string_pattern_mismatch": _("har ikke riktig form"),
    "string_too_long": _("er for lang"),
}


class Wrong(Schema):
    """Hva som er galt med ett felt."""

    field: str = Field(description="Feltet i spørringen.")
    says: str = Field(description="Hva som er galt, på bokmål.")


class Problem(Schema):
    """En feil, slik RFC 9457 beskriver det."""

    type: str = Field(description="Alltid about:blank: statusen sier hva slags feil det er.")
    title: str = Field(description="Hva slags feil det er.")
    status: int = Field(description="HTTP-status.")
    detail: str = Field(description="Hva som var galt, og hva som kan gjøres.")
    errors: list[Wrong] = Field(default=[], description="Feltene som ikke ble forstått.")


class NotUnderstood(Exception):
    """A question names something that there is not."""

    def __init__(self, field: str, says: str) -> None:
        super().__init__(says)
        self.wrong = [Wrong(field=field, says=says)]


def answer(
    status: int,
    detail: str | Promise = "",
    *,
    wrong: Iterable[Wrong] = (),
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """The error as an answer. ``status``: one of :data:`TITLES`."""
    told = Problem(
        type="about:blank",
        title=str(TITLES[status]),
        status=status,
        detail=str(detail),
        errors=list(wrong),
    )
    body = json.dumps(told.model_dump(), ensure_ascii=False)
    return HttpResponse(body, status=status, content_type=MEDIA_TYPE, headers=headers)


def wrong_fields(errors: Iterable[Mapping[str, Any]]) -> list[Wrong]:
    """What the checking of a question found, in words."""
    return [
        Wrong(
            field=".".join(str(part) for part in error["loc"][1:]) or str(error["loc"][0]),
            says=str(_SAYS.get(error["type"], _("er ikke gyldig"))),
        )
        for error in errors
    ]
