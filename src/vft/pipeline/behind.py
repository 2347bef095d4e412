"""The rows behind a published figure, from the very state of the lake that it was computed of.

The caller has asked whether the reader may; the access log is written before anything is given.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from vft.access import audit, identities
from vft.errors import VftError
from vft.indicators import catalogue, compute
from vft.indicators.definition import Indicator, Kind
from vft.lake import manifest
from vft.lake.on_duckdb import DuckDB
from vft.panel.horizon import horizon
from vft.pipeline.home import Home
from vft.tables.norwegian import alphabetical

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from vft.access.models import User

#: More rows than this are no list to work through, and more persons than anyone needs to see.
MOST = 500


@dataclass(frozen=True, kw_only=True)
class Figure:
    """What tells one published figure from every other."""

    indicator: str
    measure: str
    slice_kind: str
    slice: str
    grouping: str
    unit: str
    geography: str
    month: str


@dataclass(frozen=True, kw_only=True)
class Row:
    """A recipient or a thing that a figure counts. ``counted_as``: by which measures, in bokmål.

    ``recipient`` is a pseudonym; ``thing`` is empty where a person is counted. ``ore``: what it
    costs in the month; None where the indicator says nothing of it.
    """

    recipient: int | None
    thing: str
    counted_as: tuple[str, ...]
    detail: str
    ore: int | None = None
    name: str = ""
    identity: str = ""
    is_blocked: bool = False

    @property
    def pseudonym(self) -> str:
        """The recipient's pseudonym, for a list; empty where no person is counted."""
        return "" if self.recipient is None else str(self.recipient)


@dataclass(frozen=True, kw_only=True)
class Behind:
    """The rows behind a figure. ``total``: how many; more than :data:`MOST` are not given."""

    rows: Sequence[Row]
    total: int


def has_rows(indicator: str) -> bool:
    """Whether an indicator's figures rest on rows that can be shown."""
    found = catalogue.all_indicators().get(indicator)
    return found is not None and found.behind is not None


def counts_things(indicator: str) -> bool:
    """Whether what is counted is equipment and no person."""
    found = catalogue.all_indicators().get(indicator)
    return found is not None and found.counts_things


def things(home: Home, figure: Figure, *, state: int) -> Behind:
    """The equipment behind a figure. ``state``: number of the manifest it was computed of.

    Raises:
        VftError: the figure has no rows to show, or they are no longer kept.
    """
    found = _found(home, figure, state=state)
    return Behind(
        rows=sorted((row for row in found if row.thing), key=lambda r: r.thing)[:MOST],
        total=sum(1 for row in found if row.thing),
    )


def pseudonyms(  # noqa: PLR0913 - the log asks who, as what, and why
    home: Home, figure: Figure, *, state: int, by: "User", role: str, purpose: str
) -> Behind:
    """The recipients behind a figure by pseudonym, each logged.

    Raises:
        AccessDenied: no purpose is given.
        VftError: as :func:`things`.
    """
    found = _found(home, figure, state=state)
    listed = found[:MOST]
    shown = [row.recipient for row in listed if row.recipient is not None]
    audit.saw(by=by, role=role, purpose=purpose, what=_what(figure), recipients=shown)
    return Behind(rows=listed, total=len(found))


def persons(  # noqa: PLR0913 - the log asks who, as what, and why
    home: Home, figure: Figure, *, state: int, by: "User", role: str, purpose: str
) -> Behind:
    """The recipients behind a figure by name, each logged, in the order of their names.

    Someone with a blocked address is there without name and number, and so is someone whose name
    no file has told.

    Raises:
        AccessDenied: no purpose is given.
        VftError: as :func:`things`.
    """
    found = _found(home, figure, state=state)
    asked = [row.recipient for row in found[:MOST] if row.recipient is not None]
    log = {"by": by, "role": role, "purpose": purpose, "what": _what(figure)}
    known = identities.names(asked, **log)  # type: ignore[arg-type] # one of each
    audit.saw(recipients=[r for r in asked if r not in known], **log)  # type: ignore[arg-type] # one of each
    named = (_named(row, known.get(row.recipient or 0)) for row in found[:MOST])
    return Behind(rows=sorted(named, key=lambda r: alphabetical(r.name)), total=len(found))


def _named(row: Row, person: identities.Person | None) -> Row:
    if person is None:
        return replace(row, name="ukjent navn")
    if person.address_blocked:
        return replace(row, name="Sperret adresse", recipient=None, is_blocked=True, detail="")
    return replace(row, name=person.name or "ukjent navn", identity=person.identity)


def _found(home: Home, figure: Figure, *, state: int) -> list[Row]:
    indicator = catalogue.all_indicators().get(figure.indicator)
    if indicator is None or indicator.behind is None:
        raise VftError("Dette tallet er ikke bygd av rader som kan vises hver for seg.")
    engine = DuckDB(home.lake, manifest.at(home.lake, number=state))
    try:
        reach = horizon(engine)
        if reach is None:
            return []
        within = compute.setting(engine, reach, months=[figure.month])
        rows = _here(indicator.behind(within), within.in_home, figure)
        told = rows.filter(rows.measure.isin(_counts(indicator, figure.measure)))
        known = ("measure", "recipient_id", "thing", "detail", "ore")
        columns = [name for name in known if name in told.columns]
        return _rows(engine.arrow(told.select(columns).distinct()).to_pylist(), indicator)
    finally:
        engine.close()


def _here(rows: "ir.Table", in_home: "ir.Table", figure: Figure) -> "ir.Table":
    here = in_home.filter(
        (in_home.geography == figure.geography)
        & (in_home.grouping == figure.grouping)
        & (in_home.unit == figure.unit)
    )
    of_slice = rows.filter(
        (rows.slice_kind == figure.slice_kind)
        & (rows.slice == figure.slice)
        & (rows.month == figure.month)
    )
    return of_slice.semi_join(here, "home")


def _counts(indicator: Indicator, code: str) -> list[str]:
    """The count that a measure is, or those that it rests on.

    One of the parts of another count is itself alone: the others are none of its business.
    """
    measure = indicator.measure(code)
    if measure.kind is Kind.COUNT:
        return [code]
    return [count for other in measure.rests_on for count in _counts(indicator, other)]


def _rows(found: Iterable[Mapping[str, object]], indicator: Indicator) -> list[Row]:
    """One row for each recipient or thing, with everything it is counted as."""
    titles = {m.code: m.title for m in indicator.measures}
    together: dict[tuple[int | None, str], list[tuple[str, str]]] = {}
    costs: dict[tuple[int | None, str], int | None] = {}
    for row in found:
        key = (row["recipient_id"], str(row["thing"] or ""))
        costs[key] = row.get("ore")  # type: ignore[index,assignment] # the same whatever it counts as
        told = (titles[str(row["measure"])], str(row["detail"] or ""))
        together.setdefault(key, []).append(told)  # type: ignore[arg-type] # as ``behind`` promises
    return [
        Row(
            recipient=recipient,
            thing=thing,
            counted_as=tuple(dict.fromkeys(title for title, _ in told)),
            detail="; ".join(dict.fromkeys(text for _, text in told if text)),
            ore=costs[recipient, thing],
        )
        for (recipient, thing), told in sorted(together.items(), key=str)
    ]


def _what(figure: Figure) -> str:
    when = "som nå" if figure.geography == "now" else "som den gang"
    return (
        f"Radene bak {figure.indicator}/{figure.measure}, {figure.slice_kind}:{figure.slice}, "
        f"{figure.grouping} {figure.unit} {when}, {figure.month}"
    )
