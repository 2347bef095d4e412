"""The API itself: how every answer is marked, how every error is told, and the contract."""

from functools import cache
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError
from ninja.openapi.schema import OpenAPISchema

from vft.errors import AccessDenied, NothingPublished, VftError
from vft.web.api import edition, problem, reading
from vft.web.api.edition import NotModified
from vft.web.api.problem import NotUnderstood, Problem

_DESCRIPTION = """\
Tallene i den nyeste publiseringen, slik leseren kan se dem: små tall i andres enheter er skjult
her som på skjermen. En celle har enten en verdi eller en tilstand: `missing` (kilden har ikke
levert), `not_documented` (ingen har påstått en verdi), `suppressed` (skjult) eller `undefined`
(ingen å regne av). Null er en verdi.

Det en adresse ikke kan spørres om, svarer vi 422 på; vi hopper ikke over det.

Svarene har `ETag`. Send den i `If-None-Match`, så svarer vi 304 så lenge ingenting er nytt.
"""
_SAYS = {
    "200": "Svaret.",
    "304": "Uendret siden svaret med denne ETag-en.",
    **{str(status): f"{title}." for status, title in problem.TITLES.items()},
}
#: What every operation may answer beside what it is asked for.
OTHERWISE: dict[int, Any] = {
    304: None,
    **dict.fromkeys((400, 401, 403, 404, 422, 429), Problem),
}
_MARKS = {
    "ETag": {
        "description": "Svarets merke, til If-None-Match.",
        "schema": {"type": "string"},
    }
}


class Interface(NinjaAPI):
    """Marks answers with their edition, and tells of errors as problems."""

    def create_temporal_response(self, request: HttpRequest) -> HttpResponse:
        """The answer before it has content: with its tag, unless the client has it already.

        Raises:
            NotUnderstood: something is asked that the contract has not.
            NotModified: it has.
        """
        _require_declared(request)
        tag = edition.tag(request, reading.reader(request))
        if edition.is_held(request, tag):
            raise NotModified(tag)
        return edition.mark(super().create_temporal_response(request), tag)

    def get_openapi_schema(self, **how: Any) -> OpenAPISchema:
        """The contract: in bokmål, and with errors as what they are."""
        schema = super().get_openapi_schema(**how)
        for path in schema["paths"].values():
            for operation in path.values():
                for status, told in operation["responses"].items():
                    _told(str(status), told)
        return schema


def _require_declared(request: HttpRequest) -> None:
    # The framework passes over what it does not know: a misspelt filter would be no filter.
    match = request.resolver_match
    known = _declared()[str(match and match.url_name)]
    for name in request.GET:
        if name not in known:
            raise NotUnderstood(name[:60], _says_unknown(name[:60], known))


def _says_unknown(name: str, known: tuple[str, ...]) -> str:
    if not known:
        return _("«%(name)s» finnes ikke her. Adressen har ingen filtre.") % {"name": name}
    told = {"name": name, "known": ", ".join(known)}
    return _("«%(name)s» finnes ikke her. Disse finnes: %(known)s.") % told


@cache
def _declared() -> dict[str, tuple[str, ...]]:
    """What each operation may be asked, by its name."""
    operations = [told["get"] for told in api.get_openapi_schema(path_prefix="")["paths"].values()]
    return {
        told["operationId"]: tuple(p["name"] for p in told["parameters"] if p["in"] == "query")
        for told in operations
    }


def _told(status: str, response: dict[str, Any]) -> None:
    response["description"] = _SAYS[status]
    if int(status) >= 400:  # noqa: PLR2004 - where errors begin
        response["content"] = {problem.MEDIA_TYPE: next(iter(response["content"].values()))}
    else:
        response["headers"] = response.get("headers", {}) | _MARKS
    if status == "429":
        response["headers"] = {
            "Retry-After": {"description": "Sekunder å vente.", "schema": {"type": "integer"}}
        }


def not_modified(request: HttpRequest, error: Any) -> HttpResponse:  # noqa: ARG001 - ninja's signature
    """The client has it."""
    return edition.mark(HttpResponse(status=304), error.tag)


def throttled(request: HttpRequest, error: Any) -> HttpResponse:  # noqa: ARG001 - ninja's signature
    """Too many; says when to come back."""
    says = _("Vent %(seconds)s sekunder.") % {"seconds": error.wait}
    return problem.answer(429, says, headers={"Retry-After": str(error.wait)})


def stranger(request: HttpRequest, error: Any) -> HttpResponse:  # noqa: ARG001 - ninja's signature
    """Nobody we know; counted, so that keys cannot be guessed in a hurry."""
    try:
        reading.count_stranger(request)
    except Throttled as too_many:
        return throttled(request, too_many)
    says = _("Send nøkkelen i Authorization: Bearer, eller logg inn.")
    return problem.answer(401, says, headers={"WWW-Authenticate": 'Bearer realm="vft"'})


def refused(request: HttpRequest, error: Any) -> HttpResponse:  # noqa: ARG001 - ninja's signature
    """Errors that the one who asks can act on."""
    if isinstance(error, ValidationError):
        says = _("Rett opp spørringen.")
        return problem.answer(422, says, wrong=problem.wrong_fields(error.errors))
    if isinstance(error, NotUnderstood):
        return problem.answer(422, _("Rett opp spørringen."), wrong=error.wrong)
    if isinstance(error, HttpError):
        return problem.answer(error.status_code, error.message)
    status = next(status for kind, status in _STATUS.items() if isinstance(error, kind))
    return problem.answer(status, str(error))


#: The first that fits.
_STATUS: dict[type[Exception], int] = {
    AccessDenied: 403,
    NothingPublished: 404,
    Http404: 404,
    VftError: 422,
    SuspiciousOperation: 400,
}

api = Interface(
    title="VFT: tall om velferdsteknologi",
    version="1",
    description=_DESCRIPTION,
    urls_namespace="api",
    docs_url=None,
    openapi_url="openapi.json",
    auth=[reading.Key(), reading.Session()],
)
api.add_exception_handler(NotModified, not_modified)
api.add_exception_handler(Throttled, throttled)
api.add_exception_handler(AuthenticationError, stranger)
for _kind in (ValidationError, NotUnderstood, HttpError, *_STATUS):
    api.add_exception_handler(_kind, refused)
