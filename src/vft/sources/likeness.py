"""How alike a file's columns are to a contract's, by their names and by what stands in them."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from vft.sources.agreement import allowed_codes
from vft.sources.explained import is_needed
from vft.sources.nature import MOST_WORDS, Nature
from vft.tables.schema import Column, Kind, Table

_NEAR = 0.72
#: Of a name that ends with a word for the column: «Pause fra».
_ENDING = 0.8
_SHORTEST_ENDING = 3
#: Of a word that is not the contract's own: «Enhet» is a unit before it is a device.
_OTHERS = 0.95
#: Of a column of identity numbers, whatever it is called.
_IDENTITIES = 0.8
#: Of what is told from the values alone.
GUESSED = 0.4
#: A business key says which row it is: so many of its values are distinct.
_KEY_DISTINCT = 0.5
#: What vendors and municipalities call things, beside the contracts' own titles. Nynorsk too.
_CALLED: dict[str, tuple[str, ...]] = {
    "recipient_id": (
        *("fødselsnummer", "fødselsnr", "fnr", "personnummer", "personnr", "bruker", "brukar"),
        *("pid", "pasient"),
    ),
    "starts_on": (
        *("fra", "fradato", "frå", "frå og med", "fra og med", "startdato", "gyldig fra"),
        *("innflyttet", "oppstart", "utplassert", "montert", "installert"),
    ),
    "ends_on": (
        *("til", "tildato", "til og med", "sluttdato", "stoppdato", "gyldig til", "utflyttet"),
        *("hentet inn", "demontert", "hentet"),
    ),
    "unit": ("bydel", "delbydel", "sone", "distrikt", "område", "organisasjonsenhet", "krins"),
    "parent": ("hører til", "høyrer til", "tilhører", "overordnet"),
    "service": ("tjenestekode", "tjenestetype", "tiltak", "teneste", "slag"),
    "device_id": (
        "serienr",
        "enhetsid",
        "utstyrsid",
        "utstyrsnr",
        "apparat",
        "enhet id",
        "enhet",
        "device",
    ),
    "serial": ("serienr", "imei"),
    "product": ("modell", "utstyr"),
    "retired_on": ("kassert",),
    "vedtak_id": ("vedtaksnr", "vedtak", "vedtaksid", "saksnr"),
    "visit_id": ("oppdragsnr", "oppdrag", "besøksnr", "besøk"),
    "event_id": ("hendelsesid", "løpenr", "logid", "måling id"),
    "code": ("hendelse", "hendelseskode", "event", "loinc"),
    "contract_id": ("avtale", "avtalenr"),
    "test": ("prøve", "prøvealarm"),
    "status": ("avgjørelse", "avgjerd", "resultat"),
    "minutes": ("minutter", "min", "varighet", "utførte min"),
    "travel_minutes": ("reisetid",),
    "occurred_at": ("tid", "hendelsestid", "tidspunkt", "dato og tid", "time", "timestamp"),
    "hours_per_week": ("timer", "timer pr uke", "uketimer", "timar i veka"),
    "birth_year": ("fødselsår", "født år"),
    "died_on": ("død", "dødsdato"),
    "name": ("namn",),
}


@dataclass(frozen=True, kw_only=True)
class Match:
    """A contract's column and the file's column that may be it. ``likeness``: 0–1."""

    column: Column
    name: str
    likeness: float

    @property
    def is_guess(self) -> bool:
        """Whether only the values speak for it."""
        return self.likeness <= GUESSED


def matches(contract: Table, file: dict[str, Nature]) -> list[Match]:
    """Each file column for at most one contract column, the most alike first; then by values."""
    pairs = [
        Match(column=column, name=name, likeness=_likeness(contract, column, name, nature))
        for column in contract.columns
        for name, nature in file.items()
    ]
    kin = _kin(pairs)
    pairs.sort(key=lambda match: (-match.likeness, _first_word(match.name) not in kin))
    taken: dict[str, Match] = {}
    for pair in pairs:
        used = {match.name for match in taken.values()}
        if pair.likeness >= _NEAR and pair.column.name not in taken and pair.name not in used:
            taken[pair.column.name] = pair
    _guess(contract, file, taken)
    return [taken[column.name] for column in contract.columns if column.name in taken]


def _kin(pairs: list[Match]) -> set[str]:
    """First words of what is not a date and was found by its ending, as «Stans årsak»."""
    found = (m for m in pairs if m.likeness == _ENDING and m.column.kind is not Kind.DATE)
    return {_first_word(match.name) for match in found}


def _first_word(name: str) -> str:
    return name.casefold().split(" ")[0]


def _likeness(contract: Table, column: Column, name: str, nature: Nature) -> float:
    if not _may_be(contract, column, nature):
        return 0.0
    bare = _bare(name)
    own = {_bare(column.name), _bare(column.title)}
    others = {_bare(word) for word in _CALLED.get(column.name, ())}
    called = own | others
    alike = max(_ratio(word, bare) * (1.0 if word in own else _OTHERS) for word in called)
    if any(bare.endswith(word) for word in called if len(word) >= _SHORTEST_ENDING):
        alike = max(alike, _ENDING)
    if column.kind is Kind.PERSON and nature.kinds == {Kind.PERSON}:
        alike = max(alike, _IDENTITIES)
    return alike


def _may_be(contract: Table, column: Column, nature: Nature) -> bool:
    """Whether the values are of the column's kind, and as many or as few as it must have."""
    if column.kind not in nature.kinds:
        return False
    if not nature.words:
        return True
    if allowed_codes(column):
        return len(nature.words) <= MOST_WORDS
    return contract.key != (column.name,) or nature.distinct >= _KEY_DISTINCT


def _guess(contract: Table, file: dict[str, Nature], taken: dict[str, Match]) -> None:
    """Fill what is needed and has no name by what its values can only be, in the file's order."""
    for column in contract.columns:
        if column.name in taken or not (is_needed(contract, column) or column.name == "ends_on"):
            continue
        used = {match.name for match in taken.values()}
        names = [name for name in file if _only_fits(contract, column, file[name])]
        free = [name for name in names if name not in used]
        if column.name == "ends_on":
            free = _after_start(list(file), free, taken)
        # one number may be both the key and, say, the serial number
        needed = {m.name for m in taken.values() if is_needed(contract, m.column)}
        free = free or [name for name in names if name not in needed and column.kind is Kind.CODE]
        if free:
            taken[column.name] = Match(column=column, name=free[0], likeness=GUESSED)


def _after_start(order: list[str], free: list[str], taken: dict[str, Match]) -> list[str]:
    if "starts_on" not in taken:
        return []
    start = order.index(taken["starts_on"].name)
    return [name for name in free if order.index(name) > start]


def _only_fits(contract: Table, column: Column, nature: Nature) -> bool:
    if column.kind in {Kind.DATE, Kind.INSTANT}:
        return nature.kinds == {column.kind}
    is_key = contract.key == (column.name,) and column.kind is Kind.CODE
    return is_key and Kind.CODE in nature.kinds and nature.distinct == 1 and not nature.gaps


@lru_cache(maxsize=1 << 14)
def _ratio(word: str, name: str) -> float:
    return SequenceMatcher(None, word, name).ratio()


def _bare(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.casefold())
