"""A publication is written once, read by SQL, and says what it corrected."""

import subprocess
import sys
from datetime import UTC, date, datetime

import duckdb
import pyarrow as pa
import pytest

from vft.errors import NothingPublished, VftError
from vft.publication import shelf
from vft.publication.read import Annotation, Correction, Figure, Publication
from vft.publication.write import Contents, write

NOW = datetime(2024, 12, 15, 6, 30, tzinfo=UTC)
USERS = ("concurrent_users", "concurrent")


def figures(text):
    """Figures of one slice, a line each: unit, month, value (– is missing), whole month or not."""
    rows = []
    for line in text.strip().splitlines():
        unit, month, value, whole = (cell.strip() for cell in line.split("|"))
        rows.append(
            {
                "indicator": "concurrent_users",
                "measure": "concurrent",
                "slice_kind": "service",
                "slice": "TA",
                "grouping": "district",
                "unit": unit,
                "geography": "now",
                "month": month,
                "value": None if value == "–" else int(value),
                "state": "missing" if value == "–" else "value",
                "complete": whole == "whole",
            }
        )
    return pa.Table.from_pylist(rows)


def publish(folder, text, *, now=NOW, manifest=12, **tables):
    contents = Contents(
        manifest=manifest,
        municipality="Oslo",
        code_version="test",
        inputs={"vedtak": 3},
        tables=tables if "figure" in tables else {"figure": figures(text)} | tables,
    )
    return Publication.open(write(folder, contents, now=now))


def series(publication, *units):
    return publication.series(
        *USERS, ("service", "TA"), units=units, grouping="district", geography="now"
    )


def test_zero_is_a_value_and_missing_is_none(tmp_path):
    publication = publish(tmp_path, "A | 2024-10 | 0 | whole\nA | 2024-11 | – | whole")
    assert series(publication, "A") == [
        Figure("A", "2024-10", 0, "value", True),
        Figure("A", "2024-11", None, "missing", True),
    ]


def test_units_that_are_not_asked_for_are_not_given(tmp_path):
    publication = publish(tmp_path, "A | 2024-10 | 1 | whole\nB | 2024-10 | 2 | whole")
    assert [f.unit for f in series(publication, "B")] == ["B"]


def test_numbers_follow_each_other_and_the_newest_is_latest(tmp_path):
    publish(tmp_path, "A | 2024-10 | 1 | whole")
    publish(tmp_path, "A | 2024-10 | 2 | whole")
    assert [shelf.number(path) for path in shelf.paths(tmp_path)] == [1, 2]
    latest = Publication.latest(tmp_path)
    assert (latest.number, latest.meta["previous"], latest.inputs) == (2, "1", {"vedtak": 3})


def test_figures_of_an_older_state_are_never_the_newest(tmp_path):
    publish(tmp_path, "A | 2024-10 | 1 | whole", manifest=12)
    publish(tmp_path, "A | 2024-10 | 2 | whole", manifest=12)
    with pytest.raises(VftError, match=r"tilstand 11 .* men publisering 2 er av tilstand 12"):
        publish(tmp_path, "A | 2024-10 | 3 | whole", manifest=11)
    publish(tmp_path, "A | 2024-10 | 4 | whole", manifest=13)
    assert [p.manifest for p in shelf.listed(tmp_path)] == [12, 12, 13]


HOLDING = """
import sys
from pathlib import Path
from vft.publication import shelf
with shelf.alone(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_another_process_that_publishes_is_waited_for_and_a_dead_one_is_not(tmp_path):
    with subprocess.Popen(
        [sys.executable, "-c", HOLDING, tmp_path], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        other.stdout.readline()
        with pytest.raises(VftError, match="en annen publisering eller opprydding pågår"):
            shelf.alone(tmp_path, wait_seconds=0.1).__enter__()
        other.kill()
    assert publish(tmp_path, "A | 2024-10 | 1 | whole").number == 1


def test_nothing_published_is_said(tmp_path):
    with pytest.raises(NothingPublished, match="Ingen tall"):
        Publication.latest(tmp_path)


def test_a_publication_cannot_be_changed(tmp_path):
    publication = publish(tmp_path, "A | 2024-10 | 1 | whole")
    assert publication.path.stat().st_mode & 0o222 == 0
    with pytest.raises(duckdb.Error, match="read-only"):
        publication._connection.execute("DELETE FROM figure")


def test_a_draft_that_was_left_is_no_publication_and_is_cleared(tmp_path):
    (tmp_path / ".1.duckdb").write_bytes(b"half")
    (tmp_path / ".1.duckdb.wal").write_bytes(b"half")
    assert shelf.newest(tmp_path) is None
    publish(tmp_path, "A | 2024-10 | 1 | whole")
    assert sorted(p.name for p in tmp_path.iterdir()) == [".lock", "1.duckdb"]


def test_corrections_are_the_figures_of_whole_months_that_are_not_as_they_were(tmp_path):
    publish(
        tmp_path,
        """
        A | 2024-09 | 5 | whole
        A | 2024-10 | 6 | whole
        B | 2024-10 | 1 | whole
        C | 2024-10 | 4 | whole
        D | 2024-10 | – | whole
        A | 2024-11 | 2 | half
        """,
    )
    second = publish(
        tmp_path,
        """
        A | 2024-09 | 5 | whole
        A | 2024-10 | 7 | whole
        B | 2024-10 | 1 | whole
        D | 2024-10 | 0 | whole
        E | 2024-10 | 3 | whole
        A | 2024-11 | 8 | whole
        """,
    )
    told = ("concurrent_users", "concurrent", "service", "TA", "district")
    assert second.corrections() == [
        Correction(*told, "A", "now", "2024-10", 6, 7),  # changed
        Correction(*told, "C", "now", "2024-10", 4, None),  # gone
        Correction(*told, "D", "now", "2024-10", None, 0),  # was missing: zero is not the same
        Correction(*told, "E", "now", "2024-10", None, 3),  # new
    ]


def test_the_widest_corrections_come_first_and_what_is_no_longer_there_last(tmp_path):
    def ranked(*codes):
        return {"code": pa.array(codes), "rank": pa.array(range(len(codes)), pa.int32())}

    def told(value, gone):
        text = "\n".join(f"{unit} | 2024-10 | {value} | whole" for unit in ("B", "A"))
        rows = figures(text)
        part, whole = (pa.repeat(name, 2) for name in (gone, "municipality"))
        return pa.concat_tables(
            rows.set_column(rows.schema.get_field_index("grouping"), "grouping", grouping)
            for grouping in (part, whole)
        )

    lists = {
        "grouping": pa.table(ranked("municipality", "district")),
        "slice": pa.table(ranked("TA") | {"kind": ["service"]}),
        "measure": pa.table(ranked("concurrent") | {"indicator": ["concurrent_users"]}),
    }
    publish(tmp_path, "", figure=told(1, "a_sector"), **lists)
    publication = publish(tmp_path, "", figure=told(2, "district"), **lists)
    found = [(c.grouping, c.unit, c.after) for c in publication.corrections()]
    assert found == [
        ("municipality", "A", 2),
        ("municipality", "B", 2),
        ("district", "A", 2),
        ("district", "B", 2),
        ("a_sector", "A", None),
        ("a_sector", "B", None),
    ]
    assert [(c.grouping, c.unit, c.after) for c in publication.corrections(limit=3)] == found[:3]


@pytest.mark.parametrize("name", ["O'Neil", "a' AS b; --", 'med "anførsel" og æøå'])
def test_corrections_are_found_wherever_the_publications_lie(tmp_path, name):
    publish(tmp_path / name, "A | 2024-10 | 1 | whole")
    publication = publish(tmp_path / name, "A | 2024-10 | 2 | whole")
    assert [(c.before, c.after) for c in publication.corrections()] == [(1, 2)]


def test_the_first_publication_corrects_nothing(tmp_path):
    assert publish(tmp_path, "A | 2024-10 | 1 | whole").corrections() == []


def test_annotations_concern_the_units_and_slice_asked_for_or_all(tmp_path):
    def note(text, unit, service):
        day = date(2024, 3, 1)
        names = ("starts_on", "ends_on", "unit", "service", "text")
        return dict(zip(names, (day, None, unit, service, text), strict=True))

    written = pa.Table.from_pylist(
        [
            note("alle", None, None),
            note("A", "A", None),
            note("B", "B", None),
            note("DT", None, "DT"),
        ]
    )
    publication = publish(tmp_path, "A | 2024-10 | 1 | whole", annotation=written)
    found = publication.annotations(units=["A", "0301"], slice_="TA")
    assert found == [
        Annotation(date(2024, 3, 1), None, None, None, "alle"),
        Annotation(date(2024, 3, 1), None, "A", None, "A"),
    ]


@pytest.mark.parametrize(
    ("keep", "removed"), [(2, [1, 3]), (1, [1, 3, 5]), (0, [1, 3, 5]), (5, [1]), (9, [])]
)
def test_retention_keeps_the_newest_and_the_last_of_each_month_in_norway(tmp_path, keep, removed):
    published = """
    2024-09-01T06:00
    2024-09-30T21:59
    2024-09-30T22:01
    2024-10-31T06:00
    2024-11-01T06:00
    2024-11-02T06:00
    """
    for moment in published.split():
        publish(tmp_path, "A | 2024-08 | 1 | whole", now=datetime.fromisoformat(f"{moment}+00:00"))
    assert shelf.clear(tmp_path, keep=keep) == removed
    left = [shelf.number(path) for path in shelf.paths(tmp_path)]
    assert left == [n for n in range(1, 7) if n not in removed]
    assert Publication.latest(tmp_path).number == 6


def test_an_empty_shelf_is_cleared_of_nothing(tmp_path):
    assert shelf.clear(tmp_path / "none yet", keep=1) == []
