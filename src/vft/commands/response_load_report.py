"""The load on a response service as tables in the terminal."""

from vft.commands.terminal import console, show_heading, show_table
from vft.simulation.routing import Estimate, ResponseLoadResult, RouteLoad
from vft.tables.norwegian import decimal, number

_ROUTES = {
    "service": "rett til tjenesten",
    "municipal_centre": "kommunens senter",
    "external_centre": "eksternt senter",
}


def show_response_load(found: ResponseLoadResult) -> None:
    """Print the routes beside each other, the hours that are tight, and what is missing."""
    runs = f"{found.replications} kjøringer à {found.days} døgn, frø {found.seed}"
    show_heading(found.title or "Responstjeneste", f" · {runs}")
    show_table(
        f"Besvart innen {decimal(found.within_seconds, 0)} sekunder (95 % intervall), mål "
        f"{decimal(100 * found.target, 0)} %",
        ("Ruting", "Venter, s", "Besvart", "Opptatt"),
        (
            (
                _ROUTES[route.model],
                _told(route.mean_wait_seconds),
                _share(route.answered_within),
                _share(route.utilisation),
            )
            for route in found.routes
        ),
    )
    show_table(
        "Utrykninger, og timer og kroner i året",
        ("Ruting", "Per døgn", "Ut etter, min", "Besvare", "Utrykning", "Kroner"),
        (
            (
                _ROUTES[route.model],
                decimal(route.call_outs_per_day),
                _told(route.mean_minutes_to_going_out),
                round(route.hours_per_year_answering),
                round(route.hours_per_year_call_outs),
                None if route.nok_per_year is None else round(route.nok_per_year),
            )
            for route in found.routes
        ),
    )
    for route in found.routes:
        _show_said(route)


def _show_said(route: RouteLoad) -> None:
    name = _ROUTES[route.model]
    tight = [one for one in route.by_hour if one.operators_needed > one.staff]
    if tight:
        told = ", ".join(f"{one.hour:02d} ({one.staff}, {one.operators_needed})" for one in tight)
        console().print(
            f"{name}: for få på vakt etter Erlang C i timene (på vakt, trengs): {told}.",
            soft_wrap=True,
        )
    for sentence in (*route.undocumented, *route.warnings):
        console().print(f"{name}: {sentence}", soft_wrap=True)


def _told(one: Estimate | None) -> str:
    return "–" if one is None else number(one.mean) if one.mean > 100 else decimal(one.mean)  # noqa: PLR2004 - three digits need no decimals


def _share(one: Estimate | None) -> str:
    if one is None:
        return "–"
    low, high = (decimal(100 * end) for end in (one.low, one.high))
    return f"{decimal(100 * one.mean)} % ({low}–{high})"
