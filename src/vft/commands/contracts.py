"""The contracts, as someone needs them who writes a mapping."""

from vft import tables
from vft.commands.terminal import console, show_heading
from vft.errors import VftError
from vft.sources import explained
from vft.sources.agreement import nearest
from vft.tables.schema import Table


def show_tables() -> None:
    """Every table: its name in a mapping, its title, how many columns, and what a row is."""
    for contract in tables.ALL.values():
        called = f"{contract.name}: {contract.title}"
        _block(called, f"{len(contract.columns)} kolonner", explained.TABLES[contract.name])
    console().print("Se kolonnene i en tabell med: vft source contracts TABELL", soft_wrap=True)


def show_columns(name: str) -> None:
    """The columns of one table, what may stand in them, and which must be mapped.

    Raises:
        VftError: no table has that name.
    """
    contract = _contract(name)
    _block(f"{name}: {contract.title}", f"versjon {contract.version}", explained.TABLES[name])
    for column in contract.columns:
        must = ", må være med" if explained.is_needed(contract, column) else ""
        kind = explained.kind_of(column)
        _block(column.name, f"{kind}{must}", explained.meaning_of(contract, column))
    key = ", ".join(contract.key)
    console().print(
        f"Nøkkel: {key}. En senere rad med samme nøkkel fra samme kilde erstatter den forrige."
    )
    for rule in contract.rules:
        console().print(f"En rad avvises når dette er galt: {rule.says}")


def _block(name: str, what: str, meaning: str) -> None:
    """A name, what it is, and its meaning indented below."""
    from rich.padding import Padding

    show_heading(name, f" ({what})")
    console().print(Padding(meaning, (0, 0, 1, 2), expand=False))


def _contract(name: str) -> Table:
    if name not in tables.ALL:
        raise VftError(
            f"Ingen tabell heter «{name}».{nearest(name, tables.ALL)} "
            "Se alle med: vft source contracts"
        )
    return tables.ALL[name]
