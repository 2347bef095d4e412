"""json-stat2: one small table in every form it may have, and what is broken is named."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyjstat import pyjstat

from vft.errors import FileRefused
from vft.sources.ssb import jsonstat

PATH = Path("tabell.json")
#: Two districts, two ages; one cell missing with SSB's sign, one preliminary.
TABLE = {
    "version": "2.0",
    "class": "dataset",
    "label": "Folkemengde",
    "source": "Statistisk sentralbyrå",
    "updated": "2024-02-20T07:00:00Z",
    "id": ["Region", "Alder"],
    "size": [2, 2],
    "role": {"geo": ["Region"]},
    "dimension": {
        "Region": {
            "label": "region",
            "category": {
                "index": ["030102", "030101"],
                "label": {"030101": "Gamle Oslo", "030102": "Grünerløkka"},
            },
        },
        "Alder": {
            "label": "alder",
            "category": {"index": ["080", "105+"], "label": {"080": "80 år", "105+": "105+"}},
        },
    },
    "value": [10, None, 0, 4],
    "status": {"1": "..", "3": "p"},
}


def variant(**changes):
    return json.loads(json.dumps(TABLE)) | changes


def parsed(table):
    return jsonstat.parse(json.dumps(table).encode(), path=PATH)


def with_index(index):
    table = variant()
    table["dimension"]["Region"]["category"]["index"] = index
    return table


SAME = {
    "array": TABLE,
    "object in any order": with_index({"030101": 1, "030102": 0}),
    "sparse": variant(value={"0": 10, "2": 0, "3": 4}),
    "status as a list": variant(status=[None, "..", None, "p"]),
}


@pytest.mark.parametrize("table", SAME.values(), ids=SAME.keys())
def test_the_same_table_comes_out_of_every_form(table):
    cube = parsed(table)
    assert cube.dimensions[0].codes == ("030102", "030101")
    assert cube.dimensions[0].labels == ("Grünerløkka", "Gamle Oslo")
    assert cube.dimensions[0].role == "geo"
    np.testing.assert_array_equal(cube.cells, [10, np.nan, 0, 4])
    assert cube.status == {1: "..", 3: "p"}


def test_one_status_may_stand_for_all():
    assert parsed(variant(status="e")).status == dict.fromkeys(range(4), "e")


def test_a_single_category_needs_no_index():
    table = variant(size=[1, 2], value=[1, 2], status=None)
    table["dimension"]["Region"]["category"] = {"label": {"0301": "Oslo"}}
    assert parsed(table).dimensions[0].codes == ("0301",)


def without(name):
    table = variant()
    del table["dimension"][name]
    return table


BROKEN = {
    "size of another table": (variant(size=[2, 3]), "Alder.category.index: har 2 kategorier"),
    "too few sizes": (variant(size=[2]), "size: har 1 tall, men id har 2"),
    "negative size": (variant(size=[2, -2]), "size: er ikke en liste av antall"),
    "no size": ({k: v for k, v in TABLE.items() if k != "size"}, "size: er ikke en liste"),
    "too few values": (variant(value=[1, 2, 3]), "value: har 3 verdier, men size gir 4"),
    "text for a number": (variant(value=[1, "to", 3, 4]), r'value\[1\]: "to" er ikke et tall'),
    "truth for a number": (variant(value=[1, True, 3, 4]), r"value\[1\]: true er ikke et tall"),
    "a cell that is not there": (variant(value={"4": 1}), "value.4: er ikke en celle fra 0 til 3"),
    "no value": (variant(value=None), "value: mangler"),
    "no dimension": (without("Alder"), "dimension.Alder: mangler"),
    "a code twice": (with_index(["030101", "030101"]), "samme kode"),
    "two in one place": (with_index({"030101": 0, "030102": 0}), "plassene er ikke 0 til 1"),
    "a number without end": (variant(value=[1, 10**400, 3, 4]), r"value\[1\]: tallet er for stort"),
    "a place of thousands of digits": (variant(value={"9" * 5000: 1}), "er ikke en celle fra 0"),
    "a list of roles": (variant(role=["Tid"]), "role: er ikke lister av dimensjonsnavn"),
    "status of numbers": (variant(status={"1": 7}), r"status\[1\]: 7 er ikke tekst"),
}


@pytest.mark.parametrize(("table", "said"), BROKEN.values(), ids=BROKEN.keys())
def test_what_is_broken_is_named_with_its_place(table, said):
    with pytest.raises(FileRefused, match=said):
        parsed(table)


def test_all_that_is_broken_is_told_at_once():
    with pytest.raises(FileRefused, match="Det er 3 feil") as refusal:
        parsed(variant(value=[1, "to", 3], status={"9": "."}))
    assert "status.9" in str(refusal.value)


UNREADABLE = {
    b'{"id": [': "linje 1, tegn 9",
    b"<html>": "ikke hel JSON",
    b"[]": "ikke et JSON-objekt",
    b'{"class": "collection"}': "collection",
    b'{"error": "x"}': "annen JSON",
    b'{"id": [], "value": [NaN]}': "NaN",
    b"\xff\xfe": "ikke UTF-8",
    b"[" * 100_000: "for mange klammer",
    b"1" * 10_000: "et tall som er for langt",
}


@pytest.mark.parametrize(("content", "said"), UNREADABLE.items(), ids=range(len(UNREADABLE)))
def test_what_is_no_table_is_refused(content, said):
    with pytest.raises(FileRefused, match=said):
        jsonstat.parse(content, path=PATH)


def test_a_size_beyond_reason_is_refused_before_memory_is_asked_for():
    with pytest.raises(FileRefused) as refusal:
        parsed(variant(size=[100_000, 100_000], value={}))
    assert refusal.value.kind == "too_large"


@st.composite
def tables(draw):
    """Any small table with gaps, written densely or sparsely."""
    sizes = draw(st.lists(st.integers(1, 3), min_size=1, max_size=4))
    names = [f"d{i}" for i in range(len(sizes))]
    cells = draw(
        st.lists(
            st.none() | st.integers(0, 10**6),
            min_size=int(np.prod(sizes)),
            max_size=int(np.prod(sizes)),
        )
    )
    dimension = {}
    for name, size in zip(names, sizes, strict=True):
        codes = [f"{name}k{i}" for i in range(size)]
        index = draw(st.sampled_from((codes, {code: i for i, code in enumerate(codes)})))
        labels = {code: code.upper() for code in codes}
        dimension[name] = {"label": name, "category": {"index": index, "label": labels}}
    sparse = {str(i): cell for i, cell in enumerate(cells) if cell is not None}
    value = draw(st.sampled_from((cells, sparse or cells)))
    return {
        "version": "2.0",
        "class": "dataset",
        "id": names,
        "size": sizes,
        "dimension": dimension,
        "value": value,
    }


@pytest.mark.filterwarnings("ignore:Shouldn't use:DeprecationWarning")  # pyjstat's own
@settings(deadline=None)  # pyjstat is slow at first
@given(tables())
def test_cells_are_where_another_reader_finds_them(table):
    cube = parsed(table)
    other = pyjstat.Dataset.read(json.dumps(table)).write("dataframe", naming="id")
    shape = [len(dimension.codes) for dimension in cube.dimensions]
    places = np.unravel_index(np.arange(len(cube.cells)), shape)
    for dimension, place in zip(cube.dimensions, places, strict=True):
        assert other[dimension.id].tolist() == [dimension.codes[i] for i in place]
    np.testing.assert_array_equal(cube.cells, other["value"].to_numpy(float, na_value=np.nan))
