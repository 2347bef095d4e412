"""Every indicator, found by being here: a module with an ``INDICATOR``."""

from importlib import import_module
from pkgutil import iter_modules

from vft import indicators
from vft.indicators.definition import Indicator


def all_indicators() -> dict[str, Indicator]:
    """Indicators by id, in the order of their modules' names."""
    names = sorted(m.name for m in iter_modules(indicators.__path__) if m.name != "catalogue")
    modules = (import_module(f"{indicators.__name__}.{name}") for name in names)
    found: list[Indicator] = [m.INDICATOR for m in modules if hasattr(m, "INDICATOR")]
    return {indicator.id: indicator for indicator in found}


def needed_tables() -> list[str]:
    """The tables that some indicator needs."""
    every = all_indicators().values()
    of_measures = {table for i in every for m in i.measures for table in m.needs}
    return sorted({table for i in every for table in i.needs} | of_measures)
