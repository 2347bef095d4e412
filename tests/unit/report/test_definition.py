from vft.indicators.catalogue import all_indicators
from vft.report.definition import HEADINGS, Definition


def test_every_indicator_says_what_a_sheet_asks():
    for indicator in all_indicators().values():
        told = dict(zip(HEADINGS, Definition.read(indicator.described()).row, strict=True))
        assert told["id"] == indicator.id
        assert told["sources"] == "\n".join(indicator.sources)
        assert told["next_review"] == f"{indicator.next_review:%d.%m.%Y}"
        assert told["better"].endswith("er bedre")
        assert told["owner"]


def test_what_is_not_said_is_empty_and_lists_are_lines():
    told = {
        "id": "x",
        "title": "X",
        "unheard_of": 1,
        "assumptions": [{"what": "Dagspris", "source": "kontrakt", "note": ""}, "Alle har alarm"],
    }
    found = Definition.read(told)
    assert found == Definition(id="x", title="X", assumptions="Dagspris: kontrakt\nAlle har alarm")
