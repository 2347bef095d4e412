"""Does a mapping agree with itself and with the contracts? Every disagreement, in bokmål."""

from collections.abc import Iterable, Iterator
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from vft import tables
from vft.tables import services
from vft.tables.schema import Column, Kind, Table

if TYPE_CHECKING:
    from pydantic import ValidationError

    from vft.sources.mapping import ColumnMapping, Mapping, TableMapping

#: Which settings of a column make sense for which kinds.
_SETTINGS: dict[str, set[Kind]] = {
    "codes": {Kind.CODE},
    "decimal": {Kind.DECIMAL},
    "date": {Kind.DATE},
    "instant": {Kind.INSTANT},
    "zone": {Kind.INSTANT},
}

#: What kinds of value are called.
KINDS = {
    Kind.CODE: "kode",
    Kind.TEXT: "tekst",
    Kind.INTEGER: "helt tall",
    Kind.DECIMAL: "desimaltall",
    Kind.BOOLEAN: "ja/nei",
    Kind.DATE: "dato",
    Kind.INSTANT: "tidspunkt",
    Kind.PERSON: "fødselsnummer",
}


def problems(mapping: "Mapping") -> list[str]:
    """Every disagreement with the contracts, each a sentence that names the key."""
    found = [
        problem
        for number, table in enumerate(mapping.tables, start=1)
        for problem in _table_problems(
            mapping, table, place=f"[[table]] nr. {number} ({table.name})"
        )
    ]
    return [*found, *_unused_codes(mapping)]


def allowed_codes(column: Column) -> tuple[str, ...]:
    """The values that a CODE column may hold; empty when the contract leaves it open."""
    return tuple(services.ALL) if column.refers_to == "services" else column.codes


def _table_problems(mapping: "Mapping", mapped: "TableMapping", *, place: str) -> Iterator[str]:
    contract = tables.ALL.get(mapped.name)
    if contract is None:
        yield f"{place}: det finnes ingen slik kontrakt.{nearest(mapped.name, tables.ALL)}"
        return
    yield from _missing_columns(contract, mapped, place=place)
    for name, source in mapped.columns.items():
        key = f"{place}, columns.{name}"
        column = contract.column.get(name)
        if column is None:
            yield (
                f"{key}: kontrakten «{contract.name}» har ingen slik kolonne."
                f"{nearest(name, contract.column)}"
            )
        else:
            yield from (f"{key}: {says}" for says in _column_problems(mapping, column, source))


def _missing_columns(contract: Table, mapped: "TableMapping", *, place: str) -> Iterator[str]:
    needed = {*contract.key, *(c.name for c in contract.columns if c.required)}
    for name in (c.name for c in contract.columns):
        if name in needed and name not in mapped.columns:
            why = "er en del av nøkkelen" if name in contract.key else "er påkrevd"
            yield (
                f"{place}: kolonnen {name} ({contract.column[name].title}) {why}, men er ikke "
                f'tilordnet. Legg til {name} = "kolonnens navn i filen".'
            )


def _column_problems(mapping: "Mapping", column: Column, source: "ColumnMapping") -> Iterator[str]:
    if (source.column is None) == (source.value is None):
        yield "oppgi enten column (kolonnen i filen) eller value (en fast verdi), og bare den ene."
    for setting, kinds in _SETTINGS.items():
        if getattr(source, setting) is not None and column.kind not in kinds:
            kind = KINDS[column.kind]
            yield f"{setting} passer ikke for en kolonne av typen {kind}. Ta den bort."
    if source.ends is not None and column.name != "ends_on":
        yield "ends gjelder bare ends_on. Ta den bort."
    if source.value is not None:
        yield from _constant_problems(column, source.value)
    if source.codes is not None and column.kind is Kind.CODE:
        yield from _code_list_problems(mapping, column, source.codes)


def _code_list_problems(mapping: "Mapping", column: Column, name: str) -> Iterator[str]:
    if name not in mapping.codes:
        yield (
            f"kodelisten «{name}» finnes ikke.{nearest(name, mapping.codes)} "
            f"Legg til en tabell [codes.{name}]."
        )
        return
    allowed = allowed_codes(column)
    for theirs, ours in mapping.codes[name].items():
        if allowed and ours and ours not in allowed:
            yield (
                f"kodelisten «{name}» oversetter «{theirs}» til «{ours}», som ikke er lov her. "
                f'Lov er: {", ".join(allowed)}, eller "" for at verdien mangler.'
            )


def _constant_problems(column: Column, value: Any) -> Iterator[str]:
    fits: dict[Kind, tuple[type, ...]] = {
        Kind.CODE: (str,),
        Kind.TEXT: (str,),
        Kind.INTEGER: (int,),
        Kind.DECIMAL: (int, float),
        Kind.BOOLEAN: (bool,),
        Kind.DATE: (date,),
    }
    allowed = allowed_codes(column)
    is_stray_bool = isinstance(value, bool) and column.kind is not Kind.BOOLEAN
    if column.kind not in fits:
        yield f"en kolonne av typen {KINDS[column.kind]} kan ikke ha en fast verdi."
    elif is_stray_bool or not isinstance(value, fits[column.kind]):
        yield f"den faste verdien {value!r} er ikke av typen {KINDS[column.kind]}."
    elif allowed and value not in allowed:
        yield f"«{value}» er ikke lov. Lov er: {', '.join(allowed)}."


def _unused_codes(mapping: "Mapping") -> Iterator[str]:
    used = {c.codes for table in mapping.tables for c in table.columns.values()}
    for name in mapping.codes:
        if name not in used:
            yield f"[codes.{name}]: ingen kolonne bruker kodelisten. Ta den bort, eller bruk den."


def nearest(name: str, candidates: Iterable[str]) -> str:
    """« Mente du «x»?», or nothing when no candidate resembles."""
    by_folded = {c.casefold(): c for c in candidates}
    close = get_close_matches(name.casefold(), by_folded, n=1, cutoff=0.6)
    return f" Mente du «{by_folded[close[0]]}»?" if close else ""


_SPELLING = {
    "extra_forbidden": "ukjent nøkkel. Se etter skrivefeil, eller ta den bort.",
    "missing": "mangler, og må være med.",
    "string_type": "må være tekst i anførselstegn.",
    "string_too_short": "kan ikke være tom.",
    "string_too_long": "må være ett tegn.",
    "string_pattern_mismatch": "må bestå av små bokstaver (a–z), sifre, _ og punktum mellom ord.",
    "too_short": "må ha minst ett innslag.",
    "tuple_type": 'må være en liste i klammer, for eksempel ["a", "b"].',
    "dict_type": "må være en tabell.",
    "int_type": "må være et helt tall.",
    "float_type": "må være et tall.",
    "greater_than_equal": "er for lite.",
    "less_than_equal": "er for stort.",
    "model_type": "må være en tabell.",
    "model_attributes_type": 'må være tekst eller en tabell, for eksempel { column = "Dato" }.',
}


def spelling(error: "ValidationError") -> list[str]:
    """What pydantic found, as sentences that name the key."""
    seen: dict[str, str] = {}
    for found in error.errors():
        seen.setdefault(_key(found["loc"]), _spelt(found))
    return [f"{key}: {says}" for key, says in seen.items()]


def _spelt(found: Any) -> str:
    if found["type"] == "literal_error":
        return f"må være {found['ctx']['expected'].replace(' or ', ' eller ')}."
    if found["type"] == "value_error":
        return f"{found['ctx']['error']}."
    return _SPELLING.get(found["type"], "verdien er ikke lov her.")


def _key(place: tuple[int | str, ...]) -> str:
    """``("table", 0, "columns", "x", "column")`` → ``[[table]] nr. 1, columns.x.column``."""
    words = [str(p) for p in place if not isinstance(p, int)]
    numbers = [p for p in place if isinstance(p, int)]
    if words[:1] == ["table"] and numbers:
        return ", ".join(filter(None, (f"[[table]] nr. {numbers[0] + 1}", ".".join(words[1:]))))
    return ".".join(words)
