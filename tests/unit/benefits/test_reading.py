import json

import pytest

from vft.benefits.reading import parse, read
from vft.errors import FileRefused, VftError

LINE = {"kind": "visits", "before": 4, "after": 2, "per": "day"}

# what is told → what is said, with its place
FAULTS = [
    ({"recipients": 0}, "recipients: må være større enn 0, ikke 0."),
    ({"recipients": "ni"}, "recipients: må være et tall med punktum"),
    ({"days_per_year": 364}, "days_per_year: må være 365 eller 360, ikke 364."),
    (
        {"start": "2021-13-01"},
        'start: må være en dato, for eksempel 2021-01-01, ikke "2021-13-01".',
    ),
    ({"lines": {}}, "lines: må være en liste, ikke et objekt."),
    ({"lines": [3]}, "lines[0]: må være et objekt, ikke 3."),
    ({"lines": [{**LINE, "kind": "besøk"}]}, "lines[0].kind: må være 'visits', 'night_checks'"),
    ({"lines": [{**LINE, "minuts": 5}]}, "lines[0].minuts: feltet finnes ikke; mente du minutes?"),
    ({"lines": [{"kind": "items", "after": 1}]}, "lines[0].before: mangler; skriv null når"),
    (
        {"lines": [{**LINE, "before": {"count": -1}}]},
        "lines[0].before.count: må være minst 0, ikke -1.",
    ),
    ({"lines": [{**LINE, "before": {"count": "4"}}]}, "lines[0].before.count: må være et tall"),
    ({"lines": [{**LINE, "before": True}]}, "lines[0].before: må være et objekt, ikke true."),
    ({"lines": [{**LINE, "price": {"xyz": 5}}]}, "lines[0].price.xyz: feltet finnes ikke; her kan"),
    ({"prices": [{"price_year": 2021.5}]}, "prices[0].price_year: må være et helt tall"),
    ({"additive": "ja"}, 'additive: må være true eller false, ikke "ja".'),
    ({"title": 3}, "title: må være tekst, ikke 3."),
    ({"non_priced_effects": [{"title": "A", "score": 7}]}, "score: må være høyst 6, ikke 7."),
    ({"lines": [LINE, {**LINE, "per": None}]}, "lines[1]: before mangler per"),
    ({"frost": 1}, "frost: feltet finnes ikke; her kan det stå title, recipients,"),
]


@pytest.mark.parametrize(("told", "says"), FAULTS)
def test_a_fault_is_told_with_its_place(told, says):
    with pytest.raises(VftError) as refused:
        parse(json.dumps(told), name="sak.json")
    assert f"– {says}" in str(refused.value) or says in str(refused.value)
    assert "sak.json" in str(refused.value)


def test_every_fault_is_told_at_once():
    told = {"recipients": -1, "start": 3.5, "lines": [{"kind": "x"}, {**LINE, "kmm": 3}]}
    with pytest.raises(VftError) as refused:
        parse(json.dumps(told), name="sak.json")
    assert str(refused.value).count("\n– ") == 6


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e999", "-1"])
def test_a_number_that_is_none_is_refused(number):
    with pytest.raises(VftError, match="recipients: må være"):
        parse(f'{{"recipients": {number}}}', name="sak.json")


# a file → what is said
BROKEN = [
    ('{"title": }', "ikke gyldig JSON: linje 1, tegn 11"),
    ("", "ikke gyldig JSON"),
    ("[]", "må være ett objekt"),
    ('{"start": null, "start": "2021-01-01"}', "to ganger i samme objekt: start"),
    ("[" * 100_000, "for mange klammer"),
    ("1" * 10_000, "et tall som er for langt"),
]


@pytest.mark.parametrize(("text", "says"), BROKEN)
def test_a_file_that_is_no_case_is_refused(text, says):
    with pytest.raises(VftError, match=says):
        parse(text, name="sak.json")


def test_toml_tells_the_same_case_as_json():
    toml = """
        start = 2021-01-01
        [[lines]]
        kind = "visits"
        before = 4
        after = { count = 2, per = "week" }
        per = "day"
    """
    told = {"start": "2021-01-01", "lines": [{**LINE, "after": {"count": 2, "per": "week"}}]}
    assert parse(toml, name="sak.toml") == parse(json.dumps(told), name="sak.json")
    with pytest.raises(VftError, match="ikke gyldig TOML"):
        parse("a = ", name="sak.toml")


def test_files_that_cannot_be_read_are_told(tmp_path):
    (tmp_path / "latin.json").write_bytes(b'{"title": "\xf8"}')
    (tmp_path / "feil.json").write_text("{", encoding="utf-8")
    for name, kind, says in (
        ("borte.json", "unknown_file", r"borte\.json kan ikke åpnes: den finnes ikke"),
        ("", "unknown_file", "den kan ikke leses"),
        ("latin.json", "encoding", "ikke lagret som UTF-8"),
        ("latin.json", "encoding", "JSON, eller TOML når navnet slutter på .toml"),
        ("feil.json", "nonsense", "ikke gyldig JSON"),
    ):
        with pytest.raises(FileRefused, match=says) as refused:
            read(tmp_path / name)
        assert (refused.value.kind, refused.value.exit_code) == (kind, 4)
    (tmp_path / "bom.json").write_text('{"title": "ø"}', encoding="utf-8-sig")
    assert read(tmp_path / "bom.json").title == "ø"
