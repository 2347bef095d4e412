"""An Excel workbook: the figures as a table, what they mean, and what the file is."""

from collections.abc import Iterable
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

from vft.errors import VftError
from vft.report.definition import HEADINGS
from vft.report.lines import Label, Lines
from vft.report.states import MEANINGS, WORDS, State
from vft.tables.period import LOCAL_ZONE

if TYPE_CHECKING:
    import pyarrow as pa

    from vft.report.dataset import Category, Dataset

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: What a sheet has room for beside its headings.
_MOST_LINES = 1_048_575
#: Every text is text, whatever it looks like: a name never becomes a formula or a link.
_AS_WRITTEN = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "dd.mm.yyyy",
}
_STYLE = "Table Style Light 15"
#: Columns are this many letters wide, at least and at most.
_NARROWEST, _WIDEST = 9, 48


def write(dataset: "Dataset") -> bytes:
    """Three sheets: *Tall*, *Definisjoner* and *Om filen*. The same dataset gives the same bytes.

    A cell without a figure says its state in words, and is neither empty nor zero.

    Raises:
        VftError: there are more lines than a sheet has room for.
    """
    from xlsxwriter import Workbook

    lines = Lines(dataset)
    if lines.count > _MOST_LINES:
        raise VftError(
            f"Utvalget har {lines.count} linjer, og et regneark har plass til {_MOST_LINES}. "
            "Ingen fil er laget. Velg færre enheter eller måneder, eller hent tallene som Parquet."
        )
    file = BytesIO()
    with Workbook(file, _AS_WRITTEN) as book:
        book.set_properties(_properties(dataset))
        _write_figures(book, lines)
        _write_definitions(book, dataset)
        _write_about(book, dataset)
    return file.getvalue()


def _properties(dataset: "Dataset") -> dict[str, Any]:
    """Of the publication and not of now, so that the same figures make the same file."""
    return {
        "title": dataset.title,
        "author": dataset.municipality,
        "comments": f"Publisering {dataset.publication}",
        "created": dataset.published_at.replace(tzinfo=None),
    }


def _write_figures(book: Any, lines: Lines) -> None:
    sheet = book.add_worksheet("Tall")
    headings = [label.heading for label in lines.labels] + lines.titles + [*lines.completeness]
    for column, label in enumerate(lines.labels):
        _write_label(sheet, column, label)
    _write_measures(book, sheet, lines)
    first = len(lines.labels) + len(lines.titles)
    for column, told in enumerate(lines.completeness.values(), first):
        sheet.write_column(1, column, ["ja" if whole else "nei" for whole in told.to_pylist()])
        sheet.set_column(column, column, _width([headings[column]]))
    heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    columns = [{"header": _plain(h), "header_format": heading} for h in headings]
    place = (0, 0, lines.count, len(headings) - 1)
    sheet.add_table(*place, {"name": "Figurer", "style": _STYLE, "columns": columns})
    sheet.freeze_panes(1, 0)


def _write_label(sheet: Any, column: int, label: Label) -> None:
    """Cell by cell, since the library's own way to write a column takes twice the time."""
    dated = isinstance(label.words[0], date)
    words = label.words if dated else [_plain(str(word)) for word in label.words]
    put = sheet.write_datetime if dated else sheet.write_string
    for row, place in enumerate(label.place.to_pylist(), 1):
        put(row, column, words[place])
    said = (f"{word:%d.%m.%Y}" if isinstance(word, date) else word for word in words)
    sheet.set_column(column, column, _width([label.heading, *said]))


def _write_measures(book: Any, sheet: Any, lines: Lines) -> None:
    values, states = (lines.spread(c) for c in (lines.dataset.cells.values, _words(lines.dataset)))
    without = book.add_format({"italic": True, "font_color": "#545E6B", "align": "right"})
    for place, measure in enumerate(lines.measures):
        column = len(lines.labels) + place
        number = book.add_format({"num_format": _number_format(measure)})
        cells = zip(values[place].to_pylist(), states[place].to_pylist(), strict=True)
        for row, (value, word) in enumerate(cells, 1):
            if value is None:
                sheet.write_string(row, column, word, without)
            else:
                sheet.write_number(row, column, value, number)
        sheet.set_column(column, column, _width([lines.titles[place], *WORDS.values()]))


def _words(dataset: "Dataset") -> "pa.DictionaryArray":
    import pyarrow as pa

    states = dataset.cells.states.dictionary_encode()
    words = [WORDS[code] for code in states.dictionary.to_pylist()]
    return pa.DictionaryArray.from_arrays(states.indices, pa.array(words, pa.string()))


def _number_format(measure: "Category") -> str:
    return f"#,##0.{'0' * measure.decimals}" if measure.decimals else "#,##0"


def _write_definitions(book: Any, dataset: "Dataset") -> None:
    sheet = book.add_worksheet("Definisjoner")
    rows = [definition.row for definition in dataset.definitions]
    _write_text(book, sheet, [list(HEADINGS.values()), *rows])
    sheet.freeze_panes(1, 1)


def _write_about(book: Any, dataset: "Dataset") -> None:
    published = f"{dataset.published_at.astimezone(LOCAL_ZONE):%d.%m.%Y kl. %H.%M}"
    rows = [
        ["Om filen", ""],
        ["Tittel", dataset.title],
        ["Kommune", dataset.municipality],
        ["Kilde", dataset.source],
        ["Publisering", str(dataset.publication)],
        ["Publisert", published],
        *(list(chosen) for chosen in dataset.filters),
        *(["Merk", note] for note in dataset.notes),
        *([WORDS[state.value].capitalize(), MEANINGS[state.value]] for state in State),
    ]
    _write_text(book, book.add_worksheet("Om filen"), rows)


def _write_text(book: Any, sheet: Any, rows: list[list[str]]) -> None:
    """Lines of text, the first of them headings, in columns that fit."""
    look = {"text_wrap": True, "valign": "top"}
    heading, plain = book.add_format({**look, "bold": True}), book.add_format(look)
    for row, texts in enumerate(rows):
        sheet.write_row(row, 0, [_plain(text) for text in texts], plain if row else heading)
    for column, told in enumerate(zip(*rows, strict=True)):
        sheet.set_column(column, column, _width(line for t in told for line in t.split("\n")))


def _width(texts: Iterable[str]) -> int:
    return min(max(_NARROWEST, *(len(text) + 3 for text in texts)), _WIDEST)


def _plain(text: str) -> str:
    """What the library would take for its own markup is text too."""
    return f" {text}" if text.startswith("<r>") else text
