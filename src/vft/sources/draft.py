"""Propose a mapping for a file that has none: a start to edit, never an answer to trust."""

import json
import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from glob import escape
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from vft.sources import explained
from vft.sources.agreement import allowed_codes
from vft.sources.likeness import Match
from vft.sources.mapping import Format
from vft.sources.nature import TRUTHS, Nature, nature
from vft.sources.peek import Peek, peek
from vft.sources.proposal import Proposal, near, proposals
from vft.tables.schema import Column, Kind, Table

#: So alike must a file's word be to what our code is called, to be proposed as that code.
_SAME_WORD = 0.85
#: What differs in a file's name from one delivery to the next: dates, numbers, «(1)» of a copy.
_VARYING = re.compile(r"[\[(]?\d+(?:[-._ ]\d+)*[\])]?")


def draft(path: Path) -> str:
    """A mapping in TOML with comments on what to look at.

    What must be filled in is marked: ``MANGLER`` for a column, ``"?"`` for a value.

    Raises:
        FileRefused: the file is empty, damaged or no table at all.
    """
    seen = peek(path)
    file = {name: nature(column) for name, column in seen.columns.items()}
    proposed = proposals(file)
    form = _guessed_format(seen, file, proposed)
    lists = _lists(proposed, file)
    used = set[str]().union(*(proposal.names for proposal in proposed))
    return "\n".join(
        [
            "# Forslag laget av filens første rader. Se over hver linje før den tas i bruk.",
            "# Fyll ut det som er merket MANGLER og hvert ?. Tabellene er forklart av:",
            "# vft source contracts",
            *_also(near(file, proposed)),
            *_source(path),
            *_format(form, proposed),
            *(line for proposal in proposed for line in _table(proposal, lists)),
            *_unused([name for name in file if name not in used]),
            *(line for (name, _), match in lists.items() for line in _codes(name, match, file)),
            "",
        ]
    )


def _guessed_format(seen: Peek, file: dict[str, Nature], proposed: list[Proposal]) -> Format:
    matches = [match for proposal in proposed for match in proposal.matches]
    natures = {
        kind: [file[match.name] for match in matches if match.column.kind is kind] for kind in Kind
    }
    dates = [found.date for found in natures[Kind.DATE] if found.date]
    instants = [found.instant for found in natures[Kind.INSTANT] if found.instant]
    instant = max(instants, key=instants.count, default=seen.format.instant)
    true, false = _truth(natures[Kind.BOOLEAN], seen.format)
    absent = sorted({word for found in file.values() for word in found.absent} | {"-"})
    return seen.format.model_copy(
        update={
            "date": max(dates, key=dates.count, default=seen.format.date),
            "instant": instant,
            "zone": "UTC" if instant.endswith("Z") else seen.format.zone,
            "decimal": _decimal(seen, matches),
            "true": true,
            "false": false,
            "missing": tuple(absent),
        }
    )


def _decimal(seen: Peek, matches: list[Match]) -> str:
    """The mark that more of the decimal numbers have."""
    numbers = [seen.columns[m.name] for m in matches if m.column.kind is Kind.DECIMAL]
    marks = pa.concat_arrays([*numbers, pa.array([], pa.string())])
    points = _count(pc.match_substring_regex(marks, r"^-?\d+\.\d+$"))
    commas = _count(pc.match_substring_regex(marks, r"^-?[\d ]+,\d+$"))
    return "." if points > commas else seen.format.decimal if not commas else ","


def _count(where: pa.Array) -> int:
    return int(pc.sum(where).as_py() or 0)


def _truth(columns: list[Nature], form: Format) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The ways to say yes and no that hold every word of the columns; the usual ones if none."""
    words = {word.casefold() for column in columns for word in column.words}
    for true, false in TRUTHS:
        if words and words <= {true.casefold(), false.casefold()}:
            return (true,), (false,)
    return form.true, form.false


def _source(path: Path) -> Iterator[str]:
    parts = _VARYING.split(path.stem)
    title = " ".join(filter(None, (part.strip(" _-") for part in parts)))
    stem = re.sub(r"[^a-z0-9]+", "_", _ascii(title)).strip("_") or "fil"
    yield "[source]"
    yield f'id = "min.{stem}" # del av nøkkelen til hver rad: endre den ikke når den er tatt i bruk'
    yield f"title = {_quoted(title or path.stem)}"
    yield 'owner = "" # hvem i kommunen som svarer for uttrekket'
    yield f"files = [{_quoted(_pattern(parts, path.suffix) if title else escape(path.name))}]"
    yield "refuse_above = 0.2 # andel dårlige rader som gjør at hele filen avvises"


def _pattern(parts: list[str], suffix: str) -> str:
    """What the next delivery's name fits too, with the same words and other numbers."""
    fixed = "*".join(escape(part) for part in parts)
    return f"{fixed.rstrip('*')}*{escape(suffix)}"


def _ascii(text: str) -> str:
    letters = str.maketrans({"æ": "ae", "ø": "o", "å": "a"})
    return text.casefold().translate(letters)


def _format(form: Format, proposed: list[Proposal]) -> Iterator[str]:
    shown = ["kind"]
    shown += ["delimiter", "encoding"] if form.kind == "csv" else []
    shown += ["sheet"] if form.kind == "excel" else []
    shown += ["header_row"] if form.kind != "parquet" else []
    yield ""
    yield "[format]"
    for key in (*shown, "decimal", "date", "instant"):
        yield f"{key} = {_quoted(getattr(form, key))}"
    yield f"zone = {_quoted(form.zone)} # tidssonen klokkeslettene er skrevet i, eller UTC"
    yield f"true = {_quoted(form.true)} # slik filen skriver ja"
    yield f"false = {_quoted(form.false)}"
    yield f"missing = {_quoted(form.missing)} # at verdien mangler; tom celle er alltid med"
    if any("ends_on" in proposal.contract.column for proposal in proposed):
        yield 'ends = "inclusive" # til-dato er siste gyldige dag; "exclusive" hvis dagen etter'


def _table(proposal: Proposal, lists: dict[tuple[str, str], Match]) -> Iterator[str]:
    contract = proposal.contract
    named = {match.column.name: match for match in proposal.matches}
    yield ""
    yield "[[table]]"
    yield f'name = "{contract.name}" # {contract.title}: {explained.TABLES[contract.name]}'
    if proposal.skip:
        yield f"skip_when_missing = {_quoted(proposal.skip)} # uten verdi der, ingen rad her"
    yield ""
    yield "[table.columns]"
    for column in contract.columns:
        if column.name in named:
            yield _mapped(named[column.name], lists)
        elif explained.is_needed(contract, column):
            yield _lacking(column)
        else:
            yield f'# {column.name} = "" # {column.title}'


def _mapped(match: Match, lists: dict[tuple[str, str], Match]) -> str:
    name, column = _quoted(match.name), match.column
    listed = next((n for (n, _), m in lists.items() if _same_list(m, match)), None)
    said = f'{{ column = {name}, codes = "{listed}" }}' if listed else name
    guess = " (gjettet av verdiene)" if match.is_guess else ""
    return f"{column.name} = {said} # {column.title}{guess}"


def _lacking(column: Column) -> str:
    """What must be there and is not: one code for all rows, or the name of the column."""
    if allowed_codes(column):
        codes = ", ".join(explained.codes_of(column))
        return (
            f'{column.name} = {{ value = "?" }} # MANGLER: {column.title}, den samme for alle '
            f"rader, eller {{ column = … }}. En av: {codes}"
        )
    return f'# MANGLER: {column.name} = "" # {column.title}, må være med'


def _also(others: list[Table]) -> Iterator[str]:
    if others:
        named = ", ".join(f"{contract.name} ({contract.title})" for contract in others)
        yield f"# Kan også være: {named}"


def _unused(names: list[str]) -> Iterator[str]:
    if names:
        yield f"# Kolonner som ikke er brukt: {', '.join(names)}"


def _lists(proposed: list[Proposal], file: dict[str, Nature]) -> dict[tuple[str, str], Match]:
    """The code lists to fill, by name and the file's column: one for each pair of columns."""
    found: dict[tuple[str, str], Match] = {}
    for match in (match for proposal in proposed for match in proposal.matches):
        if _needs_codes(match, file) and not any(_same_list(m, match) for m in found.values()):
            taken = {name for name, _ in found}
            name = match.column.name
            name = f"{name}_{len(found) + 1}" if name in taken else name
            found[name, match.name] = match
    return found


def _same_list(one: Match, other: Match) -> bool:
    return one.name == other.name and allowed_codes(one.column) == allowed_codes(other.column)


def _needs_codes(match: Match, file: dict[str, Nature]) -> bool:
    """The file has words of its own where the contract has a list."""
    allowed = allowed_codes(match.column)
    return bool(allowed) and not set(file[match.name].words) <= set(allowed)


def _codes(name: str, match: Match, file: dict[str, Nature]) -> Iterator[str]:
    yield ""
    yield f'[codes.{name}] # bytt ut hvert ? med en av kodene, eller med "" om verdien mangler:'
    yield f"# {', '.join(explained.codes_of(match.column))}"
    for word in file[match.name].words:
        ours = _our_code(match.column, word)
        yield f"{_quoted(word)} = {_quoted(ours)}" + ("" if ours == "?" else " # stemmer det?")


def _our_code(column: Column, word: str) -> str:
    """The code that is called the same as the file's word; ``?`` where none is."""

    def alike(ours: str) -> float:
        names = (ours, explained.name_of(column, ours))
        return max(SequenceMatcher(None, n.casefold(), word.casefold()).ratio() for n in names)

    best = max(allowed_codes(column), key=alike)
    return best if alike(best) >= _SAME_WORD else "?"


def _quoted(value: object) -> str:
    """A TOML value; JSON's strings, numbers and lists are TOML's."""
    return json.dumps(value, ensure_ascii=False)
