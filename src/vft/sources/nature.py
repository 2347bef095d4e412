"""What a column of an unknown file may be, told from its values and not from its name."""

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from vft.sources import identity, moments, numbers
from vft.tables.schema import Kind

DATES = ("dd.mm.yyyy", "yyyy-mm-dd", "dd/mm/yyyy", "dd-mm-yyyy", "yyyymmdd")
_TIMES = (" HH:MM:SS", " HH:MM", "THH:MM:SS", "THH:MM", "THH:MM:SSZ")
INSTANTS = tuple(day + time for day in DATES for time in _TIMES)
#: Ways to write yes and no, side by side.
TRUTHS = (
    *(("J", "N"), ("Ja", "Nei"), ("true", "false"), ("1", "0"), ("X", ""), ("Y", "N")),
    *(("Yes", "No"), ("Sann", "Usann")),
)
#: Ways to write that a value is not there.
_ABSENT = ("-", "–", "null", "n/a", "#n/a", "na", "nan")
#: More words than this are no code list.
MOST_WORDS = 30
#: Bad rows are few; so many must be of the kind that the column is.
_MOST = 0.9
_DECIMAL = "^[-+−]?[0-9 \u00a0]+([.,][0-9]+)?$"
_WORDS = {word.casefold() for pair in TRUTHS for word in pair if word}


@dataclass(frozen=True, kw_only=True)
class Nature:
    """What a column may be. ``kinds``: all of them where it is empty.

    ``words``: its distinct values, in their order, one more than ``MOST_WORDS`` at most.
    ``distinct``: how many of its values are distinct, 0–1. ``gaps``: how many are missing, 0–1.
    ``absent``: how it writes that a value is missing. ``date``, ``instant``: the pattern that
    reads its values.
    """

    kinds: frozenset[Kind]
    words: tuple[str, ...] = ()
    distinct: float = 0.0
    gaps: float = 1.0
    absent: tuple[str, ...] = ()
    date: str | None = None
    instant: str | None = None


def nature(column: pa.Array) -> Nature:
    """Of a column as text."""
    trimmed = pc.utf8_trim_whitespace(column).drop_null()
    is_absent = pc.is_in(pc.utf8_lower(trimmed), value_set=pa.array(["", *_ABSENT]))
    values = trimmed.filter(pc.invert(is_absent))
    absent = [word for word in trimmed.filter(is_absent).unique().to_pylist() if word]
    if not len(values):
        return Nature(kinds=frozenset(Kind), absent=tuple(absent))
    words = values.unique()
    date, instant = _reading(values, DATES), _reading(values, INSTANTS)
    return Nature(
        kinds=_kinds(values, words, date, instant),
        words=tuple(words.slice(0, MOST_WORDS + 1).to_pylist()),
        distinct=len(words) / len(values),
        gaps=1 - len(values) / len(column),
        absent=tuple(absent),
        date=date,
        instant=instant,
    )


def _kinds(
    values: pa.Array, words: pa.Array, date: str | None, instant: str | None
) -> frozenset[Kind]:
    if _share(identity.is_valid(pc.utf8_lpad(_without_spaces(values), 11, "0"))) >= _MOST:
        return frozenset({Kind.PERSON})
    if instant:
        return frozenset({Kind.INSTANT})
    if date and date != "yyyymmdd":
        return frozenset({Kind.DATE})
    found = {Kind.DATE} if date else set()
    if set(pc.utf8_lower(words).to_pylist()) <= _WORDS:
        found.add(Kind.BOOLEAN)
    if _share(numbers.integers(values).is_valid()) >= _MOST:
        found |= {Kind.INTEGER, Kind.DECIMAL, Kind.CODE, Kind.TEXT}
    elif _share(pc.match_substring_regex(values, _DECIMAL)) >= _MOST:
        found.add(Kind.DECIMAL)
    else:
        found |= {Kind.CODE, Kind.TEXT}
    return frozenset(found)


def _without_spaces(values: pa.Array) -> pa.Array:
    return pc.replace_substring_regex(values, " |\u00a0", "")


def _reading(values: pa.Array, patterns: tuple[str, ...]) -> str | None:
    """The pattern that reads most of the values, if it reads nearly all."""
    shares = {p: _share(moments.dates(values, p).is_valid()) for p in patterns}
    best = max(shares, key=lambda pattern: shares[pattern])
    return best if shares[best] >= _MOST else None


def _share(where: pa.Array) -> float:
    return float(pc.mean(pc.fill_null(where, fill_value=False).cast(pa.float64())).as_py() or 0)
