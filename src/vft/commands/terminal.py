"""What the terminal shows: tables, sentences, and bars with the time left."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from vft.pipeline.progress import Progress
from vft.tables.norwegian import number
from vft.tables.period import LOCAL_ZONE

if TYPE_CHECKING:
    from rich.console import Console


#: Characters that are left of a name in the second column of a narrow terminal.
_NAME = 12
#: Characters from one column to the next.
_BETWEEN = 3


def console() -> "Console":
    """The terminal; plain text where there is none. Words are shown as written: [x] is no style."""
    from rich.console import Console

    # file names, source titles and codes may hold brackets and colons
    return Console(highlight=False, markup=False, emoji=False)


@contextmanager
def bars() -> Iterator[Progress]:
    """Give a progress callback that draws one bar a stage, with the time left."""
    from rich.progress import BarColumn, TaskID, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    columns = (
        TextColumn("{task.description:<34}"),
        BarColumn(bar_width=30),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeRemainingColumn(compact=True, elapsed_when_finished=True),
    )
    with Bars(*columns, console=console()) as drawn:
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


def show_table(title: str, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table; columns of numbers are set to the right."""
    from rich.table import Table

    lines = [list(row) for row in rows]
    cells = [[written(cell) for cell in line] for line in lines]
    table = Table(title=title, title_justify="left", show_edge=False, pad_edge=False)
    widths = [max(len(h), *(len(line[i]) for line in cells), 0) for i, h in enumerate(headings)]
    screen = console()
    least = sum(min(w, _NAME) if i == 1 else w for i, w in enumerate(widths))
    is_narrow = least + _BETWEEN * (len(widths) - 1) > screen.width
    for place, (heading, width) in enumerate(zip(headings, widths, strict=True)):
        figures = bool(lines) and all(isinstance(line[place], int | float | None) for line in lines)
        # a narrow terminal shortens names, and folds other words where that is not enough: never
        # figures, which would else be squeezed out
        shortened = place == 1 or (is_narrow and place > 1 and not figures)
        table.add_column(
            heading,
            justify="right" if figures else "left",
            no_wrap=not shortened,
            overflow="ellipsis" if place == 1 else "fold",
            min_width=min(width, _NAME) if shortened else width,
        )
    for line in cells:
        table.add_row(*line)
    screen.print(table)


def moment(value: datetime) -> str:
    """28.03.2019 14:05, in Norwegian time whatever the machine's zone."""
    return f"{value.astimezone(LOCAL_ZONE):%d.%m.%Y %H:%M}"


def written(value: object) -> str:
    """A value the Norwegian way: 1 234, and a dash for what is not there."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "ja" if value else "nei"
    if isinstance(value, int):
        return number(value)
    return str(value)
