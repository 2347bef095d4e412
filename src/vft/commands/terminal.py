"""What the terminal shows: tables, sentences, and bars with the time left."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from textwrap import fill
from typing import TYPE_CHECKING

from vft.commands.columns import Column, column, widths
from vft.pipeline.progress import Progress
from vft.tables.norwegian import SPACE, decimal, number
from vft.tables.period import LOCAL_ZONE

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

#: No line is folded to fewer characters than this.
_NARROWEST = 20
_INDENT = "  "


def console() -> "Console":
    """The terminal; plain text where there is none. Words are shown as written: [x] is no style."""
    from rich.console import Console

    # file names, source titles and codes may hold brackets and colons
    return Console(highlight=False, markup=False, emoji=False)


@contextmanager
def bars(*, passing: bool = False) -> Iterator[Progress]:
    """Give a progress callback that draws one bar a stage, with the time left.

    ``passing``: on standard error and gone when done, so that an answer stands alone.
    """
    from rich.console import Console
    from rich.progress import BarColumn, TaskID, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    columns = (
        TextColumn("{task.description:<34}"),
        BarColumn(bar_width=30),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeRemainingColumn(compact=True, elapsed_when_finished=True),
    )
    screen = Console(stderr=True) if passing else console()
    with Bars(*columns, console=screen, transient=passing) as drawn:
        stages: dict[str, TaskID] = {}

        def tell(stage: str, done: int, total: int, /) -> None:
            if stage not in stages:
                stages[stage] = drawn.add_task(stage, total=total)
            # nothing to do is done: files without content have no bytes
            whole = max(total, 1)
            drawn.update(stages[stage], completed=done if total else whole, total=whole)

        yield tell


def require_agreed(question: str) -> None:
    """Ask, and go on only at yes: «j» or «ja», and «y», which fingers know.

    Raises:
        typer.Abort: the answer is anything else.
    """
    import typer

    answer: str = typer.prompt(f"{question} [j/N]", default="", show_default=False)
    if answer.strip().casefold() not in {"j", "ja", "y"}:
        raise typer.Abort


def show_heading(name: str, rest: str) -> None:
    """Print a name that stands out, and what belongs on its line."""
    from rich.text import Text

    console().print(Text.assemble((name, "bold"), rest), soft_wrap=True)


def say(sentence: str) -> None:
    """Print a sentence; a terminal folds it between words, a file gets it on one line."""
    screen = console()
    screen.print(sentence, soft_wrap=not screen.is_terminal)


def show_table(title: str, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table; columns of numbers are set to the right.

    A narrow terminal folds headings and words; one too narrow for that gets a list a row.
    """
    from rich.text import Text

    lines = [list(row) for row in rows]
    cells = [[written(cell) for cell in line] for line in lines]
    shown = [
        column(heading, [line[i] for line in lines], [line[i] for line in cells])
        for i, heading in enumerate(headings)
    ]
    screen = console()
    screen.print(Text(title, style="italic"))
    found = widths(shown, room=screen.width)
    if found is None:
        _show_lists(headings, cells)
        return
    table = _table(shown, found)
    for line in cells:
        table.add_row(*line)
    screen.print(table)


def _table(columns: Sequence[Column], found: Sequence[int]) -> "Table":
    from rich.table import Table

    table = Table(show_edge=False, pad_edge=False)
    for one, width in zip(columns, found, strict=True):
        table.add_column(
            one.heading,
            justify="right" if one.is_figures else "left",
            overflow="fold",
            width=width,
        )
    return table


def _show_lists(headings: Sequence[str], cells: Sequence[Sequence[str]]) -> None:
    """A row's first cell, and under it the others, each with its heading."""
    screen = console()
    for line in cells:
        rest = "; ".join(
            f"{heading}:{SPACE}{cell}"
            for heading, cell in zip(headings[1:], line[1:], strict=True)
            if cell
        )
        say(line[0])
        folded = fill(
            rest,
            max(screen.width, _NARROWEST),
            initial_indent=_INDENT,
            subsequent_indent=_INDENT,
            break_on_hyphens=False,
        )
        screen.print(folded, soft_wrap=True)


def moment(value: datetime) -> str:
    """28.03.2019 14:05, in Norwegian time whatever the machine's zone."""
    return f"{value.astimezone(LOCAL_ZONE):%d.%m.%Y %H:%M}"


def written(value: object) -> str:
    """A value the Norwegian way: 1 234 or 1 234,5, and a dash for what is not there."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "ja" if value else "nei"
    if isinstance(value, int):
        return number(value)
    if isinstance(value, float):
        return decimal(value)
    return str(value)
