import pytest

from vft.benefits.line_titles import told_apart

LINE = {"kind": "hours", "before": 2, "after": 1, "per": "year"}

# titles of line-1, line-2 … → as a reader is told them
TITLES = [
    (["Besøk", "Natt"], ["Besøk", "Natt"]),
    (["Besøk", "Natt", "Besøk"], ["Besøk (line-1)", "Natt", "Besøk (line-3)"]),
    ([None, None, ""], [None, None, ""]),
]


@pytest.mark.parametrize(("titles", "told"), TITLES)
def test_an_id_stands_only_in_titles_that_several_lines_have(case, evaluated, titles, told):
    lines = [{**LINE, "title": title} for title in titles]
    assert [line.title for line in told_apart(case(lines=lines).lines)] == told
    assert [line.title for line in told_apart(evaluated(lines=lines).lines)] == told


def test_warnings_of_lines_with_one_title_are_told_apart(evaluated, hour):
    line = {**LINE, "title": "Besøk"}
    result = evaluated(lines=[{**line, "price": hour(owner=None)}] * 2)
    assert [one.message for one in result.warnings] == [
        f"Prisen på linjen «Besøk ({name})» har ingen eier som svarer for den."
        for name in ("line-1", "line-2")
    ]
    assert [one.title for one in result.lines] == ["Besøk", "Besøk"]
