"""The load on a response service as tables in the terminal."""

from collections.abc import Sequence

from vft.commands.terminal import say, show_heading, show_table
from vft.simulation.routing import Estimate, HourLoad, ResponseLoadResult, RouteLoad
from vft.tables.norwegian import counted, decimal, listed, number

_HUNDRED = 100
_ROUTES = {
    "service": "rett til tjenesten",
    "municipal_centre": "kommunens senter",
    "external_centre": "eksternt senter",
}


_GROWS = "køen vokser"


def show_response_load(found: ResponseLoadResult) -> None:
    """Print the routes beside each other, the hours that are tight, and what is missing."""
    runs = f"{counted(found.replications, 'kjøring', 'kjøringer')} à {found.days} døgn"
    show_heading(found.title or "Responstjeneste", f" · {runs}, frø {found.seed}")
    names = _names(found.routes)
    _show_waits(found, names)
    _show_work(found.routes, names)
    _show_tight(found.routes, names)
    for sentence, routes in _said(found.routes, names).items():
        of_some = len(routes) < len(names)
        say(f"Obs: {f'{listed(routes)}: ' if of_some else ''}{sentence}")


def _names(routes: Sequence[RouteLoad]) -> list[str]:
    """What each route is called: by its model, and by its title where a model has several."""
    models = [route.model for route in routes]
    return [
        route.title or _ROUTES[route.model]
        if models.count(route.model) > 1
        else _ROUTES[route.model]
        for route in routes
    ]


def _show_waits(found: ResponseLoadResult, names: Sequence[str]) -> None:
    show_table(
        f"Besvart innen {decimal(found.within_seconds, 0)} sekunder, mål "
        f"{decimal(100 * found.target, 0)} % (95-prosentintervall)",
        ("Ruting", "Venter, sekunder", "Besvart", "Opptatt"),
        (
            (
                name,
                _told(route.mean_wait_seconds, grows=_grows(route)),
                _share(route.answered_within, grows=_grows(route)),
                _share(route.utilisation),
            )
            for name, route in zip(names, found.routes, strict=True)
        ),
    )


def _show_work(routes: Sequence[RouteLoad], names: Sequence[str]) -> None:
    show_table(
        "Utrykninger per døgn, minutter før noen går, og timer og kroner i året",
        ("Ruting", "Per døgn", "Minutter", "Besvare", "Utrykning", "Kroner"),
        (
            (
                name,
                decimal(route.call_outs_per_day),
                _told(route.mean_minutes_to_going_out),
                round(route.hours_per_year_answering),
                round(route.hours_per_year_call_outs),
                None if route.nok_per_year is None else round(route.nok_per_year),
            )
            for name, route in zip(names, routes, strict=True)
        ),
    )


def _show_tight(routes: Sequence[RouteLoad], names: Sequence[str]) -> None:
    """The hours in which some route has too few; «2 av 3» has two of the three it takes."""
    hours = zip(*(route.by_hour for route in routes), strict=True)
    tight = [hour for hour in hours if any(one.operators_needed > one.staff for one in hour)]
    if tight:
        show_table(
            "På vakt av dem som trengs etter Erlang C, om de bare skulle svare på alarmer",
            ("Time", *names),
            ((f"{hour[0].hour:02d}–{hour[0].hour + 1:02d}", *map(_of, hour)) for hour in tight),
        )


def _of(hour: HourLoad) -> str:
    return (
        "nok" if hour.operators_needed <= hour.staff else f"{hour.staff} av {hour.operators_needed}"
    )


def _said(routes: Sequence[RouteLoad], names: Sequence[str]) -> dict[str, list[str]]:
    """Each sentence once, and the routes that it is of."""
    found: dict[str, list[str]] = {}
    for name, route in zip(names, routes, strict=True):
        for sentence in (*route.warnings, *route.undocumented):
            found.setdefault(sentence, []).append(name)
    return found


def _grows(route: RouteLoad) -> bool:
    """Whether there are alarms, and no usual wait."""
    return route.meets_target is False and route.answered_within is None


def _told(one: Estimate | None, *, grows: bool = False) -> str:
    if one is None:
        return _GROWS if grows else "–"
    # three digits need no decimals
    return number(one.mean) if one.mean >= _HUNDRED else decimal(one.mean)


def _share(one: Estimate | None, *, grows: bool = False) -> str:
    if one is None:
        return _GROWS if grows else "–"
    low, high = (decimal(100 * end) for end in (one.low, one.high))
    return f"{decimal(100 * one.mean)} % ({low}–{high})"
