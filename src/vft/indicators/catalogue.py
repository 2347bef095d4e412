"""Every indicator, found by being here: a module with an ``INDICATOR``."""

import os
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from vft import indicators
from vft.errors import VftError
from vft.indicators import ring
from vft.indicators.definition import Indicator

#: The environment variable that says which indicators an installation publishes.
CHOICE = "VFT_INDICATORS"


def all_indicators() -> dict[str, Indicator]:
    """Indicators by id, in the order of their modules' names.

    Raises:
        ValueError: what one hides with hides with it, round a ring.
    """
    return dict(_found())


@cache
def _found() -> dict[str, Indicator]:
    # pages ask which indicators there are, and modules do not come and go while they are served
    names = sorted(m.name for m in iter_modules(indicators.__path__) if m.name != "catalogue")
    modules = (import_module(f"{indicators.__name__}.{name}") for name in names)
    found: list[Indicator] = [m.INDICATOR for m in modules if hasattr(m, "INDICATOR")]
    ring.refuse({indicator.id: indicator.hides_with for indicator in found})
    return {indicator.id: indicator for indicator in found}


def published() -> dict[str, Indicator]:
    """The indicators that this installation publishes: all, unless :data:`CHOICE` names some.

    Raises:
        VftError: it names an indicator that there is not.
    """
    known = all_indicators()
    asked = [name.strip() for name in os.environ.get(CHOICE, "").split(",") if name.strip()]
    if unknown := sorted(set(asked) - known.keys()):
        raise VftError(
            f"{CHOICE} nevner indikatorer som ikke finnes: {', '.join(unknown)}. De som finnes, "
            f"er {', '.join(known)}."
        )
    return {name: known[name] for name in known if name in asked} if asked else known


def needed_tables() -> list[str]:
    """The tables that some published indicator needs."""
    every = published().values()
    of_measures = {table for i in every for m in i.measures for table in m.needs}
    return sorted({table for i in every for table in i.needs} | of_measures)
