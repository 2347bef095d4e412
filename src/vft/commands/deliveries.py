"""Deliveries and refused rows, as the terminal shows them."""

from collections.abc import Sequence
from pathlib import Path

from vft.commands.terminal import console, show_table
from vft.lake.deliveries import Delivery
from vft.pipeline.holdings import Refusals

_STATUS = {"loaded": "lest inn", "unchanged": "uendret", "refused": "avvist"}


def show_deliveries(deliveries: Sequence[Delivery]) -> None:
    """One line a file, then why files were refused, then what it all comes to."""
    show_table(
        "Leveranser",
        ("Nr.", "Fil", "Status", "Rader", "I karantene", "Nye", "Endret", "Uendret"),
        (
            (
                d.delivery,
                d.file_name,
                _STATUS[d.status],
                *((None,) * 5 if d.status == "refused" else _counts(d)),
            )
            for d in deliveries
        ),
    )
    for refused in (d for d in deliveries if d.status == "refused"):
        console().print(f"\n{refused.file_name} er avvist: {refused.refused_reason}")
    console().print(_sum(deliveries))


def show_unknown(files: Sequence[Path]) -> None:
    """Files that no mapping fits, and what to do with them."""
    if files:
        names = ", ".join(path.name for path in files)
        console().print(
            f"\nIngen tilordning passer filnavnet til: {names}. De er ikke lest. Gi dem et navn som "
            "en tilordning kjenner (vft source list), eller lag en med: "
            f"vft source draft {files[0].name}"
        )


def _counts(d: Delivery) -> tuple[int, int, int, int, int]:
    return d.rows_read, d.rows_bad, d.added, d.changed, d.unchanged


def _sum(deliveries: Sequence[Delivery]) -> str:
    if all(d.status == "unchanged" for d in deliveries):
        return "\nIngenting er endret: alle filene er lest før."
    bad = sum(d.rows_bad for d in deliveries if d.status == "loaded")
    new, changed = (sum(getattr(d, n) for d in deliveries) for n in ("added", "changed"))
    hint = " Se dem med: vft quarantine" if bad else ""
    return f"\n{new} nye og {changed} endrede rader. {bad} rader i karantene.{hint}"


def show_quarantine(refusals: Sequence[Refusals]) -> None:
    """One line a rule, with the first rows it refused and the codes that recur."""
    if not refusals:
        console().print("Ingen rader i karantene.")
        return
    show_table(
        "Karantene",
        ("Kilde", "Tabell", "Rader", "Hva som er galt", "Verdier som går igjen", "For eksempel"),
        (
            (
                r.source_title,
                r.table,
                r.rows,
                f"{r.column}: {r.says}" if r.column else r.says,
                ", ".join(f"«{value}» ({rows})" for value, rows in r.values) or None,
                ", ".join(f"{name} rad {row}" for name, row in r.examples),
            )
            for r in refusals
        ),
    )
