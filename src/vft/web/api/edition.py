"""Whether an answer is the one that the client has: its tag, and what caches may do with it."""

from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

import vft
from vft.access import scope
from vft.access.scope import Reader
from vft.access.thresholds import small_cells
from vft.publication import shelf


class NotModified(Exception):
    """The client has the answer already."""

    def __init__(self, tag: str) -> None:
        super().__init__(tag)
        self.tag = tag


def tag(request: HttpRequest, who: Reader) -> str:
    """The publication's number, and a digest of all else that the answer follows from.

    What there is to answer from, what the reader may see, and what is asked for.
    """
    numbers = [shelf.number(path) for path in shelf.paths(Path(settings.VFT_HOME) / "publications")]
    units = {act: scope.units_for(who, act) for act in sorted(scope.ALL)}
    small = {"small": scope.visible_units(who), "herself": scope.visible_units(who.user)}
    seen = {**units, **small}
    basis = (
        vft.__version__,
        numbers,
        {act: (found.whole, sorted(found.units)) for act, found in seen.items()},
        small_cells(),
        request.path,
        sorted((name, request.GET.getlist(name)) for name in request.GET),
    )
    digest = sha256(repr(basis).encode()).hexdigest()[:32]
    return f'"{max(numbers, default=0)}-{digest}"'


def is_held(request: HttpRequest, tag: str) -> bool:
    """Whether the client says that it has the answer with this tag."""
    held = parse_etags(request.headers.get("If-None-Match", ""))
    return "*" in held or tag in {name.removeprefix("W/") for name in held}


def mark(answer: HttpResponse, tag: str) -> HttpResponse:
    """Let the client itself keep the answer, and nobody on the way; it asks each time."""
    answer["ETag"] = tag
    answer["Cache-Control"] = "private, no-cache"
    patch_vary_headers(answer, ["Authorization", "Cookie"])
    return answer
