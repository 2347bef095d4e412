"""Propose a mapping for a file that has none: a start to edit, never an answer to trust."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from vft import tables
from vft.sources import moments
from vft.sources.agreement import allowed_codes
from vft.sources.mapping import Format
from vft.sources.peek import Peek, peek
from vft.tables.schema import Column, Kind, Table

_DATES = ("dd.mm.yyyy", "yyyy-mm-dd", "dd/mm/yyyy", "dd-mm-yyyy", "yyyymmdd")
_TIMES = (" HH:MM:SS", " HH:MM", "THH:MM:SS", "THH:MM")
_NEAR = 0.72
_MOST_CODES = 30
#: What vendors and municipalities call things, beside the contracts' own titles.
_CALLED: dict[str, tuple[str, ...]] = {
    "recipient_id": (
        "fødselsnummer",
        "fødselsnr",
        "fnr",
        "personnummer",
        "personnr",
        "bruker",
        "pid",
    ),
    "starts_on": ("fra", "fradato", "startdato", "gyldig fra", "innflyttet", "oppstart"),
    "ends_on": ("til", "tildato", "sluttdato", "stoppdato", "gyldig til", "utflyttet"),
    "unit": ("bydel", "delbydel", "sone", "distrikt", "område", "organisasjonsenhet"),
    "service": ("tjenestekode", "tjenestetype", "tiltak", "teneste"),
    "device_id": ("enhetsid", "utstyrsid", "utstyrsnr", "apparat", "enhet id"),
    "serial": ("serienr", "imei"),
    "vedtak_id": ("vedtaksnr", "vedtak", "vedtaksid"),
    "visit_id": ("oppdragsnr", "oppdrag", "besøksnr", "besøk"),
    "minutes": ("minutter", "min", "varighet", "utførte min"),
    "occurred_at": ("tid", "hendelsestid", "tidspunkt", "dato og tid"),
    "hours_per_week": ("timer", "timer pr uke", "uketimer"),
    "birth_year": ("fødselsår", "født år"),
    "name": ("namn",),
}


@dataclass(frozen=True, kw_only=True)
class _Match:
    column: Column
    name: str
    likeness: float


def draft(path: Path) -> str:
    """A mapping in TOML with comments on what to look at.

    Raises:
        FileRefused: the file is empty, damaged or no table at all.
    """
    seen = peek(path)
    contract, matches = _best_contract(list(seen.columns))
    form = _guessed_format(seen, matches)
    return "\n".join(
        [
            "# Forslag laget av filens første rader. Se over hver linje før den tas i bruk.",
            *_source(path),
            *_format(form),
            *_table(contract, matches, seen),
            *_codes(matches, seen),
            "",
        ]
    )


def _best_contract(names: list[str]) -> tuple[Table, list[_Match]]:
    """The contract of which most promised columns are there under some such name."""
    found = {contract.name: _matches(contract, names) for contract in tables.ALL.values()}
    best = max(found, key=lambda name: _fit(tables.ALL[name], found[name]))
    return tables.ALL[best], found[best]


def _fit(contract: Table, matches: list[_Match]) -> float:
    """Required columns count in full, optional ones for half; what is missing counts against."""
    total = 0.0
    for match in matches:
        total += match.likeness * (1.0 if _is_needed(contract, match.column) else 0.5)
    needed = sum(_is_needed(contract, column) for column in contract.columns)
    there = sum(_is_needed(contract, match.column) for match in matches)
    return total - (needed - there)


def _is_needed(contract: Table, column: Column) -> bool:
    return column.required or column.name in contract.key


def _matches(contract: Table, names: list[str]) -> list[_Match]:
    """Each file column for at most one contract column, the most alike first."""
    pairs = sorted(
        (
            _Match(column=column, name=name, likeness=_likeness(column, name))
            for column in contract.columns
            for name in names
        ),
        key=lambda match: -match.likeness,
    )
    taken: dict[str, _Match] = {}
    for pair in pairs:
        used = {match.name for match in taken.values()}
        if pair.likeness >= _NEAR and pair.column.name not in taken and pair.name not in used:
            taken[pair.column.name] = pair
    return [taken[column.name] for column in contract.columns if column.name in taken]


def _likeness(column: Column, name: str) -> float:
    called = (column.name, column.title, *_CALLED.get(column.name, ()))
    return max(SequenceMatcher(None, _bare(word), _bare(name)).ratio() for word in called)


def _bare(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.casefold())


def _guessed_format(seen: Peek, matches: list[_Match]) -> Format:
    kinds = {
        kind: [seen.columns[m.name] for m in matches if m.column.kind is kind] for kind in Kind
    }
    instants = [day + time for day in _DATES for time in _TIMES]
    marks = pa.concat_arrays([*kinds[Kind.DECIMAL], pa.array([], pa.string())])
    points = _count(pc.match_substring_regex(marks, r"^-?\d+\.\d+$"))
    commas = _count(pc.match_substring_regex(marks, r"^-?[\d ]+,\d+$"))
    return seen.format.model_copy(
        update={
            "date": _likeliest(kinds[Kind.DATE], _DATES, seen.format.date),
            "instant": _likeliest(kinds[Kind.INSTANT], instants, seen.format.instant),
            "decimal": "." if points > commas else seen.format.decimal if not commas else ",",
        }
    )


def _likeliest(
    columns: list[pa.Array], patterns: "list[str] | tuple[str, ...]", otherwise: str
) -> str:
    """The pattern that reads most of the values; the present one when none reads any."""

    def readable(pattern: str) -> int:
        return sum(_count(moments.dates(column, pattern).is_valid()) for column in columns)

    best = max([otherwise, *patterns], key=readable)
    return best if readable(best) else otherwise


def _count(where: pa.Array) -> int:
    return int(pc.sum(where).as_py() or 0)


def _source(path: Path) -> Iterator[str]:
    stem = re.sub(r"[^a-z0-9]+", "_", _ascii(path.stem)).strip("_") or "fil"
    stem = re.sub(r"_?\d{4,}.*$", "", stem) or stem
    beginning = re.sub(r"\d{4,}.*$", "", path.stem)
    yield "[source]"
    yield f'id = "min.{stem}" # del av nøkkelen til hver rad: endre den ikke når den er tatt i bruk'
    yield f"title = {_quoted(beginning.strip(' _-') or path.stem)}"
    yield 'owner = "" # hvem i kommunen som svarer for uttrekket'
    yield f"files = [{_quoted(beginning + '*' + path.suffix)}]"
    yield "refuse_above = 0.2 # andel dårlige rader som gjør at hele filen avvises"


def _ascii(text: str) -> str:
    letters = str.maketrans({"æ": "ae", "ø": "o", "å": "a"})
    return text.casefold().translate(letters)


def _format(form: Format) -> Iterator[str]:
    shown = ["kind"]
    shown += ["delimiter", "encoding"] if form.kind == "csv" else []
    shown += ["sheet"] if form.kind == "excel" else []
    shown += ["header_row"] if form.kind != "parquet" else []
    yield ""
    yield "[format]"
    for key in (*shown, "decimal", "date", "instant", "zone"):
        yield f"{key} = {_quoted(getattr(form, key))}"
    yield f"true = {_quoted(form.true)} # slik filen skriver ja"
    yield f"false = {_quoted(form.false)}"
    yield 'missing = ["-"] # skrivemåter for at verdien mangler; tom celle er alltid med'
    yield 'ends = "inclusive" # til-dato er siste gyldige dag; "exclusive" hvis dagen etter'


def _table(contract: Table, matches: list[_Match], seen: Peek) -> Iterator[str]:
    named = {match.column.name: match for match in matches}
    yield ""
    yield "[[table]]"
    yield f'name = "{contract.name}" # {contract.title}. Andre kontrakter: vft.tables'
    yield ""
    yield "[table.columns]"
    for column in contract.columns:
        if column.name in named:
            yield _mapped(named[column.name], seen)
        elif _is_needed(contract, column):
            yield f'# MANGLER: {column.name} = "" # {column.title}, må være med'
        else:
            yield f'# {column.name} = "" # {column.title}'
    unused = [name for name in seen.columns if name not in {m.name for m in matches}]
    if unused:
        yield f"# Kolonner som ikke er brukt: {', '.join(unused)}"


def _mapped(match: _Match, seen: Peek) -> str:
    name = _quoted(match.name)
    if _needs_codes(match, seen):
        return f'{match.column.name} = {{ column = {name}, codes = "{match.column.name}" }}'
    return f"{match.column.name} = {name} # {match.column.title}"


def _needs_codes(match: _Match, seen: Peek) -> bool:
    """The file has words of its own where the contract has a list."""
    allowed = allowed_codes(match.column)
    return bool(allowed) and not set(_distinct(seen.columns[match.name])) <= set(allowed)


def _distinct(column: pa.Array) -> list[str]:
    words = pc.unique(pc.utf8_trim_whitespace(column)).drop_null().to_pylist()
    return [word for word in words if word][:_MOST_CODES]


def _codes(matches: list[_Match], seen: Peek) -> Iterator[str]:
    for match in matches:
        if _needs_codes(match, seen):
            yield ""
            yield f"[codes.{match.column.name}] # bytt ut hvert ? med en av:"
            yield f'# {", ".join(allowed_codes(match.column))}, eller "" for at verdien mangler'
            yield from (f'{_quoted(w)} = "?"' for w in _distinct(seen.columns[match.name]))


def _quoted(value: object) -> str:
    """A TOML value; JSON's strings, numbers and lists are TOML's."""
    return json.dumps(value, ensure_ascii=False)
