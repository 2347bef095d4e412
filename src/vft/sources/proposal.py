"""Which contracts a file may feed: the one it is most like, and others that use what is left."""

from dataclasses import dataclass, replace

from vft import tables
from vft.sources.agreement import allowed_codes
from vft.sources.explained import is_needed
from vft.sources.likeness import Match, matches
from vft.sources.nature import Nature
from vft.tables.schema import Kind, Table

_MOST_TABLES = 4
_TIMES = {Kind.DATE, Kind.INSTANT}
#: Fewer gaps than this are bad rows, not rows of another kind.
_GAPS = 0.02
#: So much news: two columns.
_MUCH = 1.8
#: So near another's fit, a contract is worth a look.
_NEAR = 0.75
_MOST_NEAR = 3
#: So much less may a contract fit that uses more of the columns: a key and a code are lacking.
_FULLER = 1.5


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A contract and the file's columns for it. ``skip``: without a value there, no row of it."""

    contract: Table
    matches: tuple[Match, ...]
    skip: tuple[str, ...] = ()

    @property
    def names(self) -> set[str]:
        """The file's columns that it uses."""
        return {match.name for match in self.matches}


def proposals(file: dict[str, Nature]) -> list[Proposal]:
    """The likeliest contract first. At least one, however unlike."""
    chosen = _with_further(file, max(_all(file), key=_fit))
    if fuller := _fuller(file, chosen):
        chosen = _with_further(file, fuller)
    if len(chosen) == 1:
        return chosen
    return [_skipping(proposal, chosen, file) for proposal in chosen]


def near(file: dict[str, Nature], chosen: list[Proposal]) -> list[Table]:
    """Other contracts that the file is about as like as the first that is chosen."""
    taken = {proposal.contract.name for proposal in chosen}
    least = max(_fit(chosen[0]) - _NEAR, 0.0)
    others = [p for p in _all(file) if p.contract.name not in taken and _fit(p) > least]
    return [p.contract for p in sorted(others, key=_fit, reverse=True)[:_MOST_NEAR]]


def _with_further(file: dict[str, Nature], first: Proposal) -> list[Proposal]:
    chosen = [first]
    while len(chosen) < _MOST_TABLES and (further := _further(file, chosen)):
        chosen.append(further)
    return chosen


def _fuller(file: dict[str, Nature], chosen: list[Proposal]) -> Proposal | None:
    """One contract that uses all that is used, and a column more: its gaps are to be filled.

    A file of persons, services and dates is no table that has no place for a service.
    """
    used = set[str]().union(*(proposal.names for proposal in chosen))
    fuller = [
        proposal
        for proposal in _all(file)
        if used < proposal.names
        and _news(proposal, used) > 0
        and _fit(proposal) > _fit(chosen[0]) - _FULLER
    ]
    return max(fuller, key=_fit, default=None)


def _all(file: dict[str, Nature]) -> list[Proposal]:
    return [
        Proposal(contract=contract, matches=tuple(matches(contract, file)))
        for contract in tables.ALL.values()
    ]


def _further(file: dict[str, Nature], chosen: list[Proposal]) -> Proposal | None:
    """The contract that all is there for, and that makes most use of columns that are left."""
    taken = {proposal.contract.name for proposal in chosen}
    used = set[str]().union(*(proposal.names for proposal in chosen))
    # dates of its own, if there are any: «Stans fra» is no second name for «Utplassert»
    left = {n: found for n, found in file.items() if n not in used or not found.kinds <= _TIMES}
    whole = [
        next((p for p in two if _is_further(p, used)), None)
        for two in zip(_all(left), _all(file), strict=True)
        if two[0].contract.name not in taken
    ]
    possible = [proposal for proposal in whole if proposal is not None]
    return max(possible, key=lambda p: (_news(p, used), _fit(p)), default=None)


def _news(proposal: Proposal, used: set[str]) -> float:
    """How much is said by columns that nothing else uses. Dates and guesses are no reason."""
    return sum(
        match.likeness
        for match in proposal.matches
        if match.name not in used and not match.is_guess and match.column.kind not in _TIMES
    )


def _is_further(proposal: Proposal, used: set[str]) -> bool:
    """Whether all that is needed is there; one thing may lack where there is much news."""
    there = {match.column.name for match in proposal.matches}
    contract = proposal.contract
    lacking = sum(is_needed(contract, c) and c.name not in there for c in contract.columns)
    news = _news(proposal, used)
    return news > 0 and lacking <= (1 if news >= _MUCH else 0)


def _fit(proposal: Proposal) -> float:
    """Required columns count in full, optional ones for half; what is missing counts against."""
    contract = proposal.contract
    there = {match.column.name: match for match in proposal.matches}
    total = 0.0
    for column in contract.columns:
        match = there.get(column.name)
        if match is not None and not match.is_guess:
            total += match.likeness * (1.0 if is_needed(contract, column) else 0.5)
        elif is_needed(contract, column):
            # the whole file may be of one code, and a guess may be right
            total -= 0.5 if match is not None or allowed_codes(column) else 1.0
    return total


def _skipping(proposal: Proposal, chosen: list[Proposal], file: dict[str, Nature]) -> Proposal:
    """Let rows be of another table where what is this one's own has no value."""
    is_first = proposal is chosen[0]
    own = [
        match
        for match in proposal.matches
        if file[match.name].gaps > (_GAPS if is_first else 0)
        and _is_own(match.name, proposal, chosen)
    ]
    needed = [m for m in own if is_needed(proposal.contract, m.column)]
    # an interval that has not ended has no end
    others = [m for m in own if m.column.name != "ends_on"]
    named = needed if is_first else needed or others[:1]
    return replace(proposal, skip=tuple(dict.fromkeys(match.name for match in named)))


def _is_own(name: str, proposal: Proposal, chosen: list[Proposal]) -> bool:
    others = (p for p in chosen if p is not proposal)
    return all(name not in other.names for other in others)
