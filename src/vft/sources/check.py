"""What would be read of a file, and what is wrong with it, before anything is stored."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from vft import tables
from vft.errors import FileRefused
from vft.sources import read
from vft.sources.faults import SAYS
from vft.sources.mapping import Mapping
from vft.tables.period import LOCAL_ZONE
from vft.tables.schema import Table

_EXAMPLES = 3


@dataclass(kw_only=True)
class FaultCount:
    """How often one rule is broken in one column. ``examples``: row number and what stood there."""

    table: str
    rule: str
    column: str
    vendor_column: str | None
    rows: int = 0
    examples: list[tuple[int, str | None]] = field(default_factory=list)

    @property
    def says(self) -> str:
        """What is wrong, in bokmål."""
        return SAYS[self.rule]


@dataclass(kw_only=True)
class CheckReport:
    """What :func:`check` found. ``refused`` is the sentence that would refuse the file whole."""

    path: Path
    mapping: Mapping
    refused: str | None = None
    refused_kind: str | None = None
    columns_found: tuple[str, ...] = ()
    columns_unused: tuple[str, ...] = ()
    rows_read: int = 0
    rows_bad: int = 0
    rows_by_table: dict[str, int] = field(default_factory=dict)
    faults: list[FaultCount] = field(default_factory=list)
    first_date: date | None = None
    last_date: date | None = None

    @property
    def share_bad(self) -> float:
        """Bad rows of all, 0–1."""
        return self.rows_bad / self.rows_read if self.rows_read else 0.0

    def sentences(self) -> Iterator[str]:
        """The report as a person reads it, in bokmål."""
        if self.refused:
            yield self.refused
            return
        if not self.rows_read:
            yield f"Filen har ingen rader: {self.path.name}. Bare overskriftene er der."
            return
        yield f"{_rows(self.rows_read)} lest, {self.rows_bad} av dem kan ikke brukes."
        for name, rows in self.rows_by_table.items():
            yield f"{tables.ALL[name].title}: {_rows(rows)}."
        if self.first_date and self.last_date:
            yield f"Fra {self.first_date:%d.%m.%Y} til {self.last_date:%d.%m.%Y}."
        if self.columns_unused:
            yield f"Kolonner som ikke brukes: {', '.join(self.columns_unused)}."
        for fault in self.faults:
            yield _fault_sentence(fault)


def check(path: Path, mapping: Mapping) -> CheckReport:
    """Read a whole file and store nothing. A file that would be refused gives a report too."""
    report = CheckReport(path=path, mapping=mapping)
    counts: dict[tuple[str, str, str], FaultCount] = {}
    try:
        reading = read.open_delivery(path, mapping)
        report.columns_found = reading.columns
        used = set(mapping.vendor_columns)
        report.columns_unused = tuple(c for c in reading.columns if c not in used)
        for batch in reading.batches():
            _count_rows(report, batch)
            _count_faults(counts, batch.faults, mapping)
    except FileRefused as refusal:
        report.refused, report.refused_kind = str(refusal), refusal.kind
    report.faults = sorted(counts.values(), key=lambda fault: -fault.rows)
    _refuse_too_many(report)
    return report


def _refuse_too_many(report: CheckReport) -> None:
    limit = report.mapping.source.refuse_above
    if report.refused is None and report.share_bad > limit:
        report.refused_kind = "too_many_bad_rows"
        first = "".join(f" {_fault_sentence(fault)}" for fault in report.faults[:1])
        report.refused = (
            f"Filen {report.path.name} ville blitt avvist: {report.rows_bad} av "
            f"{report.rows_read} rader kan ikke brukes, og grensen er {limit:.0%}.{first}"
        ).replace("%", " %")


def _fault_sentence(fault: FaultCount) -> str:
    where = f"«{fault.vendor_column}»: " if fault.vendor_column else ""
    shown = "; ".join(
        f"rad {row}" + (f" «{value}»" if value is not None else "") for row, value in fault.examples
    )
    return f"{where}{fault.says} {_rows(fault.rows)}, for eksempel {shown}."


def _rows(count: int) -> str:
    return "1 rad" if count == 1 else f"{count} rader"


def _count_rows(report: CheckReport, batch: read.Batch) -> None:
    report.rows_read += batch.rows_read
    report.rows_bad += pc.count_distinct(batch.faults["row"]).as_py()
    for name, rows in batch.tables.items():
        report.rows_by_table[name] = report.rows_by_table.get(name, 0) + rows.num_rows
        for days in _days(tables.ALL[name], rows):
            span = pc.min_max(days)
            low, high = span["min"].as_py(), span["max"].as_py()
            report.first_date = min(filter(None, (report.first_date, low)), default=None)
            report.last_date = max(filter(None, (report.last_date, high)), default=None)


def _days(contract: Table, rows: pa.Table) -> Iterator[pa.ChunkedArray]:
    """The dates that place rows in time: when events happened, when intervals started."""
    if contract.is_event:
        for name in contract.happened:
            there = rows[name].cast(pa.timestamp("us", tz=LOCAL_ZONE.key))
            yield pc.local_timestamp(there).cast(pa.date32())
    else:
        yield from (rows[name] for name in contract.dates if name != "ends_on")


def _count_faults(
    counts: dict[tuple[str, str, str], FaultCount], faults: pa.Table, mapping: Mapping
) -> None:
    by = ["table", "rule", "column"]
    for group in faults.group_by(by).aggregate([("row", "count")]).to_pylist():
        key = (group["table"], group["rule"], group["column"])
        if key not in counts:
            vendor = mapping.vendor_column(key[0], key[2])
            counts[key] = FaultCount(table=key[0], rule=key[1], column=key[2], vendor_column=vendor)
        counts[key].rows += group["row_count"]
        wanted = _EXAMPLES - len(counts[key].examples)
        if wanted > 0:
            same = [pc.equal(faults[name], value) for name, value in zip(by, key, strict=True)]
            some = faults.filter(pc.and_(pc.and_(same[0], same[1]), same[2])).slice(0, wanted)
            counts[key].examples += [(f["row"], f["value"]) for f in some.to_pylist()]
