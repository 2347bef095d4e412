"""Deliveries and refused rows, as the terminal shows them."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from vft import tables
from vft.commands.terminal import console, show_heading, show_table, written
from vft.lake.deliveries import Delivery
from vft.pipeline.holdings import Refusals
from vft.pipeline.mending import how_to_mend
from vft.tables.norwegian import alphabetical, counted

_STATUS = {"loaded": "lest inn", "unchanged": "uendret", "refused": "avvist"}


def show_deliveries(deliveries: Sequence[Delivery]) -> None:
    """One line a file, then why files were refused, then what it all comes to."""
    show_table(
        "Leveranser",
        ("Nr.", "Fil", "Status", "Rader", "Karantene", "Nye", "Endret"),
        (
            (
                d.delivery,
                d.file_name,
                "uten rader" if d.is_without_rows else _STATUS[d.status],
                *((None,) * 4 if d.status == "refused" else _counts(d)),
            )
            for d in deliveries
        ),
    )
    for refused in (d for d in deliveries if d.status == "refused"):
        console().print(f"\n{_refusal(refused)}", soft_wrap=True)
    for sentence in _sum(deliveries):
        console().print(sentence, soft_wrap=True)


def _refusal(delivery: Delivery) -> str:
    """Why a file was refused; a reason that does not name the file begins with its name."""
    reason = delivery.refused_reason or ""
    named = delivery.file_name in reason
    return reason if named else f"Filen {delivery.file_name} er avvist: {reason}"


def show_unknown(files: Sequence[Path]) -> None:
    """Files that no mapping fits, and what to do with them."""
    if files:
        names = ", ".join(path.name for path in files)
        console().print(
            f"\nIngen tilordning passer filnavnet til: {names}. De er ikke lest. Gi dem et navn "
            "som en tilordning kjenner (vft source list), eller lag en med: "
            f"vft source draft {files[0].name}",
            soft_wrap=True,
        )


def _counts(d: Delivery) -> tuple[int, int, int, int]:
    return d.rows_read, d.rows_bad, d.added, d.changed


def _sum(deliveries: Sequence[Delivery]) -> Iterator[str]:
    """What it all came to: rows that are new, that corrected, that have faults; refused files."""
    yield ""
    loaded = [d for d in deliveries if d.status == "loaded"]
    without = [d.file_name for d in deliveries if d.is_without_rows]
    refused = sum(d.status == "refused" for d in deliveries)
    if not deliveries:
        yield "Ingen leveranser."
    elif not loaded and not refused and not without:
        yield "Ingenting er endret: alle filene er lest før."
    if loaded:
        yield _changes(loaded)
        yield _faults(loaded)
    if refused:
        them = "den" if refused == 1 else "dem"
        files = counted(refused, "fil", "filer")
        yield f"{files} er avvist. Ingenting fra {them} er tatt inn."
    if without:
        yield f"{_without_rows(without)} Ingenting er tatt inn derfra."


def _without_rows(names: Sequence[str]) -> str:
    if len(names) == 1:
        return f"Filen har ingen rader: {names[0]}."
    return f"{counted(len(names), 'fil', 'filer')} har ingen rader: {', '.join(names)}."


def _changes(loaded: Sequence[Delivery]) -> str:
    new, changed = sum(d.added for d in loaded), sum(d.changed for d in loaded)
    added = f"{counted(new, 'ny rad', 'nye rader')}." if new else "Ingen nye rader."
    if not changed:
        return f"{added} Ingen tidligere rader ble rettet."
    return f"{added} {counted(changed, 'tidligere rad', 'tidligere rader')} ble rettet."


def _faults(loaded: Sequence[Delivery]) -> str:
    bad = sum(d.rows_bad for d in loaded)
    if not bad:
        return "0 rader i karantene."
    read = sum(d.rows_read for d in loaded)
    files = counted(sum(d.rows_bad > 0 for d in loaded), "fil", "filer")
    return (
        f"{written(bad)} av {written(read)} leste rader har feil og står i karantene. De kom fra "
        f"{files}. Se hva som er galt, og hvordan det rettes: vft quarantine"
    )


def show_quarantine(refusals: Sequence[Refusals]) -> None:
    """By source and table, a line a rule, how it is mended, the first rows and common codes."""
    if not refusals:
        console().print("Ingen rader i karantene.")
        return
    for (_, source, table), rules in groupby(sorted(refusals, key=_place), key=_place):
        console().print()
        show_heading(source, f" → {tables.ALL[table].title}")
        for rule in rules:
            console().print(f"{written(rule.rows):>9}  {_rule(rule)}", soft_wrap=True)
            for line in _evidence(rule):
                console().print(f"{'':>9}  {line}", style="dim", soft_wrap=True)


def _place(refusals: Refusals) -> tuple[str, str, str]:
    return alphabetical(refusals.source_title), refusals.source_title, refusals.table


def _rule(refusals: Refusals) -> str:
    column = tables.ALL[refusals.table].column.get(refusals.column)
    return f"{column.title}: {refusals.says}" if column else refusals.says


def _evidence(refusals: Refusals) -> Iterator[str]:
    yield f"Slik rettes det: {how_to_mend(refusals.rule)}"
    if refusals.values:
        yield "Går igjen: " + ", ".join(f"«{v}» ({written(n)})" for v, n in refusals.values)
    if refusals.examples:
        by_file = groupby(refusals.examples, key=lambda example: example[0])
        places = (f"{name} rad {', '.join(str(row) for _, row in rows)}" for name, rows in by_file)
        yield "For eksempel " + "; ".join(places)
