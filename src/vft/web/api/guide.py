"""The page that explains the API to people, made from its contract."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from vft.access import limits, scope
from vft.report.formats import FORMATS
from vft.report.states import MEANINGS, State
from vft.web.api import problem
from vft.web.api.interface import api

#: Every list has them; they are told once.
_OF_EVERY_LIST = frozenset({"limit", "offset"})


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """Something that can be asked for. ``choices``: none where anything may be written."""

    name: str
    says: str
    choices: tuple[str, ...]
    many: bool


@dataclass(frozen=True, kw_only=True)
class Operation:
    """One address."""

    address: str
    title: str
    says: str
    parameters: tuple[Parameter, ...]


def page(request: HttpRequest) -> HttpResponse:
    """What there is, how to ask, and what is answered."""
    scope.require(request.user, scope.FIGURES)
    context = {
        "operations": operations(),
        "root": request.build_absolute_uri(reverse("api:api-root")),
        "formats": FORMATS.values(),
        "states": [(state.value, MEANINGS[state.value]) for state in State],
        "errors": problem.TITLES.items(),
        "limit": limits.API.times,
        "may_make_keys": scope.may_somewhere(request.user, scope.TOKENS),
    }
    return render(request, "web/api_guide.html", context)


def operations() -> list[Operation]:
    """The operations of the contract, in its order."""
    found = api.get_openapi_schema(path_prefix=reverse("api:api-root"))
    return [_operation(address, told["get"]) for address, told in found["paths"].items()]


def _operation(address: str, told: dict[str, Any]) -> Operation:
    return Operation(
        address=address,
        title=told["summary"],
        says=told.get("description", ""),
        parameters=tuple(
            _parameter(p) for p in told["parameters"] if p["name"] not in _OF_EVERY_LIST
        ),
    )


def _parameter(told: dict[str, Any]) -> Parameter:
    return Parameter(
        name=told["name"],
        says=told.get("description", ""),
        choices=tuple(told["schema"].get("enum", ())),
        many=told["schema"].get("type") == "array",
    )
