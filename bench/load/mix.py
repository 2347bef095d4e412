"""What readers ask for, and how often: a page out of a mix as a municipality's readers open them.

Most look at Oversikt and at a few indicators of Skalering, their own unit first; some ask what a
figure is, fetch a file or read the API from a program; a browser that is new fetches static files.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

#: Of a hundred requests.
SHARES = {
    "Oversikt": 22,
    "Skalering": 32,
    "Skalering, bytte av filter": 10,
    "Indikatorer": 6,
    "Forklar": 8,
    "CSV": 4,
    "API, en måned": 4,
    "API, uendret": 4,
    "Statisk fil": 10,
}
_UNCHANGED = "API, uendret"
_PARTLY = "Skalering, bytte av filter"


@dataclass(frozen=True)
class Lists:
    """What there is to ask for: codes of indicators, districts and months, addresses of files."""

    indicators: tuple[str, ...]
    districts: tuple[str, ...]
    months: tuple[str, ...]
    files: tuple[str, ...]


@dataclass(frozen=True)
class Request:
    """``weight`` among those of a kind. ``in_part``: as a script asks, for a part of the page.

    ``again``: the client says which answer it has.
    """

    kind: str
    address: str
    weight: float = 1.0
    in_part: bool = False
    again: bool = False


def requests(lists: Lists, *, pages: int, seed: int = 1) -> list[Request]:
    """Everything that is asked for; the same for the same lists.

    ``pages``: how many different ones of Skalering: a few are opened much, the rest seldom.
    """
    chance = random.Random(seed)  # noqa: S311 - the same each time is what is wanted
    return [
        *(Request("Oversikt", page, weight=w) for page, w in _overview(lists)),
        *_scaling(lists, chance, pages),
        Request("Indikatorer", "/indikatorer/"),
        *(Request("Forklar", f"/indikatorer/{code}/") for code in lists.indicators[:4]),
        Request("CSV", f"/skalering/tall.csv?{urlencode({'indikator': lists.indicators[0]})}"),
        *_months(lists),
        *(Request("Statisk fil", file) for file in lists.files),
    ]


def chosen(asked: Sequence[Request], chance: random.Random) -> Iterator[Request]:
    """One after the other without end, by the shares of the mix."""
    kinds = list(SHARES)
    of_kind = {kind: [r for r in asked if r.kind == kind] for kind in kinds}
    weights = {kind: [r.weight for r in found] for kind, found in of_kind.items()}
    while True:
        (kind,) = chance.choices(kinds, [SHARES[kind] for kind in kinds])
        yield chance.choices(of_kind[kind], weights[kind])[0]


def _overview(lists: Lists) -> Iterator[tuple[str, float]]:
    yield "/", 8.0
    for code in lists.districts[:3]:
        yield f"/?{urlencode({'enhet': f'district:{code}'})}", 1.0


def _scaling(lists: Lists, chance: random.Random, pages: int) -> Iterator[Request]:
    addresses = {"/skalering/": None}
    while len(addresses) < pages:
        asked = {"indikator": chance.choice(lists.indicators)}
        if chance.random() < 0.4:
            asked["enhet"] = f"district:{chance.choice(lists.districts)}"
        if chance.random() < 0.3:
            asked["periode"] = chance.choice(["12", "24", "0"])
        if chance.random() < 0.2:
            asked["geografi"] = "da"
        addresses[f"/skalering/?{urlencode(asked)}"] = None
    for number, address in enumerate(addresses):
        yield Request("Skalering", address, weight=1 / (1 + number))
        yield Request(_PARTLY, address, weight=1 / (1 + number), in_part=True)


def _months(lists: Lists) -> Iterator[Request]:
    month = lists.months[-2:][0]
    for code in lists.indicators[:3]:
        asked = {"indicator": code, "first_month": month, "last_month": month}
        address = f"/api/v1/figures?{urlencode(asked)}"
        yield Request("API, en måned", address)
        yield Request(_UNCHANGED, address, again=True)
