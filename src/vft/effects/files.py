"""PANEL and ADOPTIONS from files or tables, with every fault told, and what else is to be known."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from vft.effects import table
from vft.effects.arrays import Numbers
from vft.effects.panel import AT_HOME, CATEGORIES, DEAD, INSTITUTION, NEVER, Panel
from vft.effects.small_counts import spelt
from vft.tables.norwegian import counted

REQUIRED = ("recipient_id", "period", "outcome", "unit", "segment", "age", "present")
_OPTIONAL = ("sector", *CATEGORIES, "reablement", "exit")
_EXITS = {"dead": DEAD, "institution": INSTITUTION}
_LONGEST = 1_000  # periods: more is a calendar code, not a number of periods
_MINUTES_A_WEEK = 7 * 24 * 60 * 2  # two at a time, round the clock
_OLDEST = 120
_TOLD = 10  # missing periods that are listed


def read(panel: Path, adoptions: Path) -> Panel:
    """Both files.

    Raises:
        VftError: a file is missing, or cannot be used; the sentence names every fault.
    """
    return from_tables(table.read(panel), table.read(adoptions), names=(panel.name, adoptions.name))


def from_tables(
    panel: pa.Table, adoptions: pa.Table, *, names: tuple[str, str] = ("PANEL", "ADOPTIONS")
) -> Panel:
    """Both tables, rows in any order.

    Raises:
        FileRefused: with every fault of the first file that has any.
    """
    columns = table.Columns(table=panel, faults=table.Faults(name=names[0]))
    columns.require(REQUIRED, also=_OPTIONAL)
    # what is text in the one file is compared as text, whatever the other's kind
    as_text = table.is_csv(panel) or table.is_csv(adoptions)
    cells = _cells(columns, as_text=as_text)
    fields = _fields(columns)
    columns.faults.refuse()
    started = _started(adoptions, names[1], cells, as_text=as_text)
    notes = _notes(cells, fields, started, names)
    found = _panel(cells, fields, started, tuple(notes))
    return replace(found, columns=tuple(panel.column_names))


@dataclass(frozen=True, kw_only=True)
class _Cells:
    """Where each row of the file belongs: recipients in order, and column 0 is ``first``."""

    recipients: NDArray[Any]
    first: int
    periods: int
    row: Numbers
    column: Numbers

    def matrix(self, values: NDArray[Any], empty: float) -> NDArray[Any]:
        """A value a row of the file as recipients × periods."""
        made = np.full((len(self.recipients), self.periods), empty, dtype=values.dtype)
        made[self.row, self.column] = values
        return made


@dataclass(frozen=True, kw_only=True)
class _Started:
    """The column of each recipient's adoption, her service, and how many nobody knows."""

    adopted: Numbers
    service: NDArray[Any] | None
    lost: int


def _cells(columns: table.Columns, *, as_text: bool) -> _Cells:
    who, given = columns.keys("recipient_id", as_text=as_text), columns.periods("period")
    recipients, row = np.unique(who, return_inverse=True)
    # what is told as no period already is no span either
    sound = given[~columns.faulty["period"]] if "period" in columns.faulty else given
    period = sound if sound.size else given
    span = int(period.max() - period.min()) + 1
    if span > _LONGEST:
        columns.faults.add(
            f"«period» går fra {period.min()} til {period.max()}; skriv fortløpende nummer på "
            "perioder à 28 dager"
        )
    columns.once(
        (given, row),
        "mottaker og periode",
        lambda n: f"{who[n]} i periode {given[n]}",
        of=("recipient_id", "period"),
    )
    first = int(period.min())
    return _Cells(recipients=recipients, first=first, periods=span, row=row, column=given - first)


def _fields(columns: table.Columns) -> dict[str, Any]:
    """Every other column as an array with a value a row."""
    present = columns.truths("present")
    outcome = columns.numbers("outcome", low=0, high=_MINUTES_A_WEEK, unit="minutter per uke")
    age = columns.numbers("age", low=0, high=_OLDEST, unit="år")
    columns.tell("age", present & np.isnan(age), "er tom der mottakeren er til stede,")
    found: dict[str, Any] = {
        "outcome": np.where(present, outcome, np.nan),
        "present": present,
        "age": age,
        "unknown": int(np.count_nonzero(present & np.isnan(outcome))),
    }
    for name in ("unit", "segment", "sector", *CATEGORIES):
        if columns.has(name):
            found[name] = columns.codes(name)
    if columns.has("reablement"):
        found["reablement"] = columns.truths("reablement")
    if columns.has("exit"):
        found["exit"] = _exits(columns)
    return found


def _exits(columns: table.Columns) -> Numbers:
    codes, labels = columns.codes("exit")
    strange = [code for code, label in enumerate(labels) if label not in _EXITS]
    columns.tell(
        "exit",
        np.isin(codes, strange),
        "har en ukjent verdi",
        "skriv dead, institution eller la den være tom",
    )
    kinds = np.array([*(_EXITS.get(label, AT_HOME) for label in labels), AT_HOME], np.int8)
    return np.asarray(kinds[codes])


def _started(adoptions: pa.Table, name: str, cells: _Cells, *, as_text: bool) -> _Started:
    adopted = np.full(len(cells.recipients), NEVER)
    if not adoptions.num_rows:
        return _Started(adopted=adopted, service=None, lost=0)
    columns = table.Columns(table=adoptions, faults=table.Faults(name=name))
    columns.require(("recipient_id", "period"), also=("service",))
    who, period = columns.keys("recipient_id", as_text=as_text), columns.periods("period")
    place = np.unique(who, return_inverse=True)[1]
    columns.once((place,), "mottaker", lambda n: str(who[n]), of=("recipient_id",))
    if (who.dtype.kind in "iu") != (cells.recipients.dtype.kind in "iu"):
        columns.faults.add("«recipient_id» er tall i den ene filen og tekst i den andre")
    columns.faults.refuse()
    place = np.minimum(np.searchsorted(cells.recipients, who), len(cells.recipients) - 1)
    known = cells.recipients[place] == who
    adopted[place[known]] = period[known] - cells.first
    service = None
    if columns.has("service"):
        service = np.full(len(adopted), "", dtype=object)
        service[place[known]] = columns.keys("service")[known]
    return _Started(adopted=adopted, service=service, lost=int(np.count_nonzero(~known)))


def _panel(
    cells: _Cells, fields: dict[str, Any], started: _Started, notes: tuple[str, ...]
) -> Panel:
    coded = {
        name: cells.matrix(fields[name][0].astype(np.int16), -1)
        for name in ("unit", "segment", "sector", *CATEGORIES)
        if name in fields
    }
    labels = {name: fields[name][1] for name in coded}
    episodes, exits = fields.get("reablement"), fields.get("exit")
    return Panel(
        recipients=cells.recipients,
        first=cells.first,
        outcome=cells.matrix(fields["outcome"], np.nan),
        present=cells.matrix(fields["present"], empty=0),
        unit=coded["unit"],
        units=labels["unit"],
        segment=coded["segment"],
        segments=labels["segment"],
        sector=coded.get("sector"),
        age=cells.matrix(fields["age"], np.nan),
        categories={name: coded[name] for name in CATEGORIES if name in coded},
        labels=labels,
        reablement=None if episodes is None else cells.matrix(episodes, empty=0),
        exit=None if exits is None else cells.matrix(exits, AT_HOME),
        adopted=started.adopted,
        service=started.service,
        lost=started.lost,
        notes=notes,
    )


def _notes(
    cells: _Cells, fields: dict[str, Any], started: _Started, names: tuple[str, str]
) -> Iterator[str]:
    """What is no fault, but must be known to the reader."""
    there = np.bincount(cells.column, fields["present"], minlength=cells.periods) > 0
    absent = np.flatnonzero(~there) + cells.first
    if absent.size:
        listed = ", ".join(map(str, absent[:_TOLD]))
        more = " med flere" if absent.size > _TOLD else ""
        yield f"{names[0]} har ingen til stede i periode {listed}{more}."
    if fields["unknown"]:
        rows = counted(fields["unknown"], "rad", "rader")
        yield f"{names[0]} mangler minutter i {rows} der mottakeren er til stede."
    if started.lost:
        lost = spelt(started.lost).capitalize()
        yield f"{lost} mottakere i {names[1]} finnes ikke i {names[0]}."
    adopted = started.adopted
    outside = np.count_nonzero((adopted < NEVER) & ((adopted < 1) | (adopted >= cells.periods)))
    if outside:
        users = spelt(int(outside)).capitalize()
        yield f"{users} mottakere begynte i første periode eller utenfor periodene i {names[0]}."
