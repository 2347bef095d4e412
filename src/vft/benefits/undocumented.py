"""What a line does not document, and why, in bokmål."""

from vft.benefits.activity import NOTHING, Measured
from vft.benefits.case import TIMED, Activity, Case, Line
from vft.benefits.valuation import Chosen, has_km


def undocumented(
    line: Line, year: Measured, case: Case, *, price: Chosen, km: Chosen
) -> tuple[str, ...]:
    """One sentence for each thing that is missing; none where it would change nothing."""
    sides = (("før", line.before), ("etter", line.after))
    found = [f"Antallet {name} er ikke dokumentert." for name, side in sides if _uncounted(side)]
    if case.recipients is None and line.applies_to == "each_recipient":
        found.append("Antall mottakere er ikke dokumentert.")
    if line.kind in TIMED and year.avoided.hours is None:
        found += [
            f"Minuttene {name} er ikke dokumentert: timene er derfor ikke kjent."
            for name, side in sides
            if line.of(side, "minutes") is None
        ]
    if has_km(line) and year.avoided.km is None:
        found += [
            f"Kilometerne {name} er ikke dokumentert."
            for name, side in sides
            if line.of(side, "km") is None
        ]
    if year.avoided != NOTHING and price.why_not:
        found.append(f"Ingen kroner: {price.why_not.rstrip('.')}.")
    if km.why_not:
        found.append(f"Ingen kroner for kjøring: {km.why_not.rstrip('.')}.")
    return tuple(found)


def _uncounted(side: Activity | None) -> bool:
    return side is None or side.count is None
