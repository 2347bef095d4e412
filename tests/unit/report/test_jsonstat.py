import json

from figures_sample import FORMULAS, SMALL, by_pyjstat, named

from vft.report import jsonstat

#: As an independent client reads it.
READ = [
    ("concurrent", "030101", "2024-11", 6000.0),
    ("concurrent", "030101", "2024-12", 3000.0),
    ("concurrent", "030117", "2024-11", None),
    ("concurrent", "030117", "2024-12", None),
    ("share", "030101", "2024-11", 12.5),
    ("share", "030101", "2024-12", 0.0),
    ("share", "030117", "2024-11", None),
    ("share", "030117", "2024-12", None),
]


def told():
    return json.loads(jsonstat.write(SMALL))


def test_an_independent_client_reads_the_same_figures_in_the_same_order():
    content = jsonstat.write(SMALL)
    frame = by_pyjstat(content, naming="id").astype(object)
    rows = frame.where(frame.notna(), None).itertuples(index=False, name=None)
    assert list(rows) == READ
    labels = by_pyjstat(content, naming="label")
    assert list(labels.columns) == ["Mål", "Enhet", "Måned", "value"]
    assert labels.iloc[0].tolist() == ["Samtidige brukere", "Gamle Oslo", "november 2024", 6000.0]


def test_the_client_knows_what_each_dimension_is():
    found = told()
    assert found["role"] == {"time": ["month"], "geo": ["unit"], "metric": ["measure"]}
    assert found["dimension"]["measure"]["category"]["unit"] == {
        "concurrent": {"label": "personer", "decimals": 0},
        "share": {"label": "%", "decimals": 1},
    }
    assert found["updated"] == "2024-12-15T06:30:00Z"
    assert found["note"] == ["Desember 2024 er ikke komplett."]


def test_no_figure_is_null_and_says_why():
    found = told()
    assert found["value"] == [6000, 3000, None, None, 12.5, 0, None, None]
    assert found["status"] == {
        "1": "provisional",
        "2": "suppressed",
        "3": "missing",
        "6": "undefined",
        "7": "not_documented",
    }
    assert set(found["status"].values()) <= set(found["extension"]["status"]["label"])


def test_definition_and_publication_come_along():
    extension = told()["extension"]
    assert extension["publication"] == 3
    assert extension["definition"][0]["question"] == "Hvordan ligger vi an?"
    assert extension["filter"] == {"Geografi": "Som nå"}


def test_a_whole_number_has_no_point():
    assert b"6000.0" not in jsonstat.write(SMALL)


def test_a_name_is_text_whatever_it_begins_with():
    for begins in FORMULAS:
        found = json.loads(jsonstat.write(named(begins)))
        assert found["dimension"]["unit"]["category"]["index"][0] == begins
