"""A file that a Norwegian spreadsheet opens: semicolons, decimal comma, UTF-8 with BOM."""

from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

from vft.report.lines import Label, Lines
from vft.report.states import WORDS

if TYPE_CHECKING:
    import pyarrow as pa

    from vft.report.dataset import Dataset

MEDIA_TYPE = "text/csv; charset=utf-8"
#: A spreadsheet takes a cell that begins so for a formula; some read the wide forms alike.
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
_BOM = b"\xef\xbb\xbf"


def write(dataset: "Dataset") -> bytes:
    """The figures, a line for each combination. Without a figure a cell says its state in words.

    Figures are written with all their digits. A text that a spreadsheet would compute is preceded
    by an apostrophe.
    """
    import pyarrow as pa
    from pyarrow.csv import WriteOptions, write_csv

    columns = _columns(Lines(dataset))
    table = pa.table([texts for _, texts in columns], names=[heading for heading, _ in columns])
    file = BytesIO()
    file.write(_BOM)
    write_csv(table, file, WriteOptions(delimiter=";", eol="\r\n"))
    return file.getvalue()


def _columns(lines: Lines) -> "list[tuple[str, pa.Array]]":
    import pyarrow.compute as pc

    figures = lines.spread(_texts(lines.dataset))
    complete = lines.completeness.items()
    return [
        *((safe(label.heading), _words(label)) for label in lines.labels),
        *((safe(title), texts) for title, texts in zip(lines.titles, figures, strict=True)),
        *((safe(heading), pc.if_else(told, "ja", "nei")) for heading, told in complete),
    ]


def _texts(dataset: "Dataset") -> "pa.Array":
    """Every cell as text: the figure, or its state."""
    import pyarrow as pa
    import pyarrow.compute as pc

    numbers = pc.replace_substring(pc.cast(dataset.cells.values, pa.string()), ".", ",")
    states = dataset.cells.states.dictionary_encode()
    words = pa.array([WORDS[code] for code in states.dictionary.to_pylist()], pa.string())
    return pc.coalesce(numbers, words.take(states.indices))


def _words(label: Label) -> "pa.Array":
    import pyarrow as pa

    return pa.array([safe(word) for word in label.words], pa.string()).take(label.place)


def safe(word: str | date) -> str:
    """What follows spaces counts too: programs that import the file take them away."""
    text = f"{word:%d.%m.%Y}" if isinstance(word, date) else word
    return f"'{text}" if text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA) else text
