"""Deliveries and refused rows, as the terminal shows them."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from vft import tables
from vft.commands.terminal import console, show_table, written
from vft.lake.deliveries import Delivery
from vft.pipeline.holdings import Refusals
from vft.pipeline.mending import how_to_mend

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
                _STATUS[d.status],
                *((None,) * 4 if d.status == "refused" else _counts(d)),
            )
            for d in deliveries
        ),
    )
    for refused in (d for d in deliveries if d.status == "refused"):
        console().print(
            f"\n{refused.file_name} er avvist: {refused.refused_reason}", soft_wrap=True
        )
    console().print(_sum(deliveries), soft_wrap=True)


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


def _sum(deliveries: Sequence[Delivery]) -> str:
    if not deliveries:
        return "\nIngen leveranser."
    if all(d.status == "unchanged" for d in deliveries):
        return "\nIngenting er endret: alle filene er lest før."
    bad = sum(d.rows_bad for d in deliveries if d.status == "loaded")
    new, changed = sum(d.added for d in deliveries), sum(d.changed for d in deliveries)
    hint = " Se dem med: vft quarantine" if bad else ""
    return (
        f"\n{written(new)} nye og {written(changed)} endrede rader. "
        f"{written(bad)} rader i karantene.{hint}"
    )


def show_quarantine(refusals: Sequence[Refusals]) -> None:
    """By source and table, a line a rule, how it is mended, the first rows and common codes."""
    if not refusals:
        console().print("Ingen rader i karantene.")
        return
    for (source, table), rules in groupby(sorted(refusals, key=_place), key=_place):
        console().print(f"\n[bold]{source}[/bold] → {tables.ALL[table].title}")
        for rule in rules:
            console().print(f"{written(rule.rows):>9}  {_rule(rule)}", soft_wrap=True)
            for line in _evidence(rule):
                console().print(f"{'':>9}  [dim]{line}[/dim]", soft_wrap=True)


def _place(refusals: Refusals) -> tuple[str, str]:
    return refusals.source_title, refusals.table


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
