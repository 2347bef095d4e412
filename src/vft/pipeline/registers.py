"""EPJ against supplier: who has a vedtak and no working device, or a device and no vedtak.

The counts are published; here are the persons, for those who follow them up. The caller has asked
whether she may; the access log is written before a name is given.
"""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from vft.access import identities
from vft.indicators import compute, geography
from vft.lake.on_duckdb import DuckDB
from vft.panel.calendar import shift
from vft.panel.horizon import Horizon, horizon
from vft.panel.spells import service_spells
from vft.pipeline.home import Home
from vft.tables import services
from vft.tables.norwegian import alphabetical
from vft.tables.period import last_day, month_of

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from vft.access.models import User

_SAYS = {
    True: "i EPJ (vedtak uten utstyr som virker)",
    False: "hos leverandøren (utstyr uten vedtak)",
}


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One recipient on whom the registers differ. ``says``: where she is found, in bokmål.

    ``identity`` is empty where the address is blocked, and where nobody has told who she is.
    """

    name: str
    identity: str
    says: str
    is_blocked: bool


def differences(  # noqa: PLR0913 - the log asks who, as what, and why
    home: Home, *, grouping: str, unit: str, service: str, by: "User", role: str, purpose: str
) -> list[Difference]:
    """The recipients of a unit of today on whom the registers differ, by name.

    They are those counted as ``vedtak_only`` and ``device_only`` at the newest complete month's
    end, each of them: someone with a blocked address is there without name and number, and so is
    someone whose name no file has told.

    Raises:
        AccessDenied: no purpose is given.
    """
    found = _recipients(home, place=(grouping, unit), service=service)
    what = f"EPJ mot leverandør: {services.ALL[service].name}, enhet {unit}"
    people = identities.names(found, by=by, role=role, purpose=purpose, what=what)
    listed = [_listed(people.get(r), says=_SAYS[in_epj]) for r, in_epj in found.items()]
    return sorted(listed, key=lambda d: (d.says, alphabetical(d.name)))


def _listed(person: identities.Person | None, *, says: str) -> Difference:
    if person is None:
        return Difference(name="ukjent navn", identity="", says=says, is_blocked=False)
    if person.address_blocked:
        return Difference(name="Sperret adresse", identity="", says=says, is_blocked=True)
    return Difference(
        name=person.name or "ukjent navn", identity=person.identity, says=says, is_blocked=False
    )


def _recipients(home: Home, *, place: tuple[str, str], service: str) -> dict[int, bool]:
    """Recipient → whether it is the EPJ that has her."""
    engine = DuckDB(home.lake)
    try:
        reach = horizon(engine)
        if reach is None:
            return {}
        rows = engine.arrow(_differing(engine, reach, place=place, service=service)).to_pylist()
    finally:
        engine.close()
    return {row["recipient_id"]: row["vedtak"] for row in rows}


def _differing(
    engine: DuckDB, reach: Horizon, *, place: tuple[str, str], service: str
) -> "ir.Table":
    day = _newest_month_end(reach)
    spells = service_spells(engine.table)
    one_sided = spells.filter(
        (spells.service == service)
        & (spells.starts_on <= day)
        & (spells.ends_on > day)
        & (spells.vedtak != spells.device)
    )
    within = compute.setting(engine, reach)
    grouping, unit = place
    homes, lived = within.in_home, within.lived
    here = homes.filter(
        (homes.geography == geography.NOW) & (homes.grouping == grouping) & (homes.unit == unit)
    )
    there = lived.filter((lived.starts_on <= day) & (lived.ends_on > day)).semi_join(here, "home")
    return one_sided.semi_join(there, "recipient_id").select("recipient_id", "vedtak")


def _newest_month_end(reach: Horizon) -> date:
    month = month_of(reach.last_day)
    return last_day(month if reach.is_complete(month) else shift(month, -1))
