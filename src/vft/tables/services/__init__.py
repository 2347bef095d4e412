"""The services of the field: one module each, found by being here.

To add a service, add a module with a ``SERVICE``; nothing else names services one by one.
"""

from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules


@dataclass(frozen=True, kw_only=True)
class Service:
    """A kind of help a recipient can be granted.

    ``kpr``: tjenestetype in OID 2.16.578.1.12.4.1.1.9151. ``vkp``: ServiceCode at
    Velferdsteknologisk knutepunkt. ``technology``: is counted by the scaling indicators.
    ``home_care``: staff come to the recipient's home. ``order``: place in lists and charts.
    """

    code: str
    name: str
    short: str
    order: int
    technology: bool
    home_care: bool = False
    kpr: str = ""
    vkp: str = ""


def _services() -> dict[str, Service]:
    found = (import_module(f"{__name__}.{m.name}").SERVICE for m in iter_modules(__path__))
    return {s.code: s for s in sorted(found, key=lambda s: s.order)}


ALL: dict[str, Service] = _services()
TECHNOLOGY: dict[str, Service] = {c: s for c, s in ALL.items() if s.technology}
HOME_CARE: dict[str, Service] = {c: s for c, s in ALL.items() if s.home_care}
