"""What the lake promises: one module a table, so that a new vendor never touches the core.

``ALL`` gives every contract by name. A contract is a :class:`~vft.tables.schema.Table`.
"""

from importlib import import_module
from pkgutil import iter_modules

from vft.tables.schema import Table

_NOT_CONTRACTS = {"norwegian", "schema", "period", "services"}


def _contracts() -> dict[str, Table]:
    modules = (m.name for m in iter_modules(__path__) if m.name not in _NOT_CONTRACTS)
    found = (import_module(f"{__name__}.{name}").TABLE for name in sorted(modules))
    return {table.name: table for table in found}


ALL: dict[str, Table] = _contracts()
