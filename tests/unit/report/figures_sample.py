"""A dataset small enough to see through, in every state, and how each format is read back."""

import csv
import io
import json
import warnings
from dataclasses import replace
from datetime import UTC, date, datetime

import polars as pl
from pyjstat import pyjstat
from python_calamine import CalamineWorkbook

from vft.report.dataset import Category, Cells, Dataset, Dimension, Role
from vft.report.definition import Definition
from vft.report.states import WORDS

STATES = {word: code for code, word in WORDS.items()}
FORMULAS = ["=", "+", "-", "@", "\t=", "\r=", "\n=", "＝", "＋", "－", "＠", " =", "<r>"]


def dimension(id_, label, told, role=None, **more):
    """A dimension whose categories are told as 'code label, code label'."""
    parts = (part.strip().partition(" ") for part in told.split(","))
    categories = tuple(Category(code=c, label=text or c, **more) for c, _, text in parts)
    return Dimension(id=id_, label=label, categories=categories, role=role)


#: Two measures × two units × two months, written as a reader sees them; * is not complete.
TABLE = """
    measure    | unit   | 2024-11   | 2024-12
    concurrent | 030101 | 6000      | 3000*
    concurrent | 030117 | suppressed| missing
    share      | 030101 | 12.5      | 0
    share      | 030117 | undefined | not_documented
"""


def cells(table):
    texts = [c.strip() for line in table.strip().splitlines()[1:] for c in line.split("|")[2:]]
    plain = [text.rstrip("*") for text in texts]
    return Cells.of(
        [None if text in WORDS else float(text) for text in plain],
        [text if text in WORDS else "value" for text in plain],
        [not text.endswith("*") for text in texts],
    )


MEASURES = Dimension(
    id="measure",
    label="Mål",
    role=Role.METRIC,
    categories=(
        Category(code="concurrent", label="Samtidige brukere", unit="personer"),
        Category(code="share", label="Dekning", unit="%", decimals=1),
    ),
)
SMALL = Dataset(
    name="samtidige-brukere_ta_0301",
    title="Trygghetsalarm i Oslo",
    source="Oslo, publisering 3",
    municipality="Oslo",
    publication=3,
    published_at=datetime(2024, 12, 15, 6, 30, tzinfo=UTC),
    dimensions=(
        MEASURES,
        dimension("unit", "Enhet", "030101 Gamle Oslo, 030117 Marka", Role.GEO),
        dimension("month", "Måned", "2024-11 november 2024, 2024-12 desember 2024", Role.TIME),
    ),
    cells=cells(TABLE),
    definitions=(
        Definition(
            id="concurrent_users",
            title="Samtidige brukere",
            question="Hvordan ligger vi an?",
            better="Høyere er bedre",
            owner="Helseetaten",
            sources="Vedtak\nUtstyr",
        ),
    ),
    filters=(("Geografi", "Som nå"),),
    notes=("Desember 2024 er ikke komplett.",),
)


def named(name):
    """SMALL with a name in the place of a unit's."""
    units = replace(
        SMALL.dimensions[1],
        categories=(Category(code=name, label=name), *SMALL.dimensions[1].categories[1:]),
    )
    return replace(SMALL, dimensions=(SMALL.dimensions[0], units, SMALL.dimensions[2]))


def seen(dataset):
    """Every cell as a reader knows it: the figure, or else the state."""
    pairs = zip(dataset.cells.values.to_pylist(), dataset.cells.states.to_pylist(), strict=True)
    return [state if value is None else value for value, state in pairs]


def in_csv(content):
    """Headings and lines."""
    text = content.decode("utf-8-sig")
    return [tuple(line) for line in csv.reader(io.StringIO(text, newline=""), delimiter=";")]


def in_workbook(content, sheet="Tall"):
    """Headings and lines."""
    found = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name(sheet)
    return [tuple(line) for line in found.to_python()]


def by_pyjstat(content, naming):
    """A frame with a column for each dimension, and the value."""
    with warnings.catch_warnings():  # it calls a function of its own that it has deprecated
        warnings.simplefilter("ignore", DeprecationWarning)
        return pyjstat.Dataset.read(content.decode()).write("dataframe", naming=naming)


def in_jsonstat(content):
    """As an independent client reads the figures, with the state where it has none."""
    frame = by_pyjstat(content, naming="id")
    status = json.loads(content)["status"]
    values = [None if value != value else value for value in frame["value"].tolist()]  # noqa: PLR0124 - NaN is not itself
    return [status[str(n)] if v is None else v for n, v in enumerate(values)]


def in_parquet(content):
    """As polars reads the figures, with the state where it has none."""
    rows = pl.read_parquet(io.BytesIO(content)).select("value", "state").rows()
    return [state if value is None else value for value, state in rows]


def of_lines(lines, dataset, *, comma=False):
    """The figures of a table with a column a measure, in the order of the dataset.

    The metric of the dataset is its first dimension.
    """
    count = len(dataset.metric.categories)
    first = len(lines[0]) - count - sum(h.startswith("Komplett") for h in lines[0])
    columns = list(zip(*lines[1:], strict=True))[first : first + count]
    return [_known(cell, comma=comma) for column in columns for cell in column]


def _known(cell, *, comma):
    if cell in STATES:
        return STATES[cell]
    return float(cell.replace(",", ".")) if comma else cell


def day(text):
    return date.fromisoformat(text)
