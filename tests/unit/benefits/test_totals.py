import pytest


def visits(before, after, **fields):
    return {"kind": "visits", "before": before, "after": after, "per": "year", **fields}


def test_a_total_with_an_undocumented_part_is_null_and_names_the_line(evaluated, hour):
    known = visits(10, 4, id="kjent", minutes=60, price=hour(100))
    unknown = visits(5, 1, id="ukjent")
    total = evaluated(lines=[known, unknown]).total
    assert (total.avoided.visits, total.avoided.hours, total.avoided.nok) == (10, None, None)
    assert (total.documented.hours, total.documented.nok) == (6, 600)
    missing = {one.quantity: one.lines for one in total.undocumented}
    assert missing["hours"] == ("ukjent",)
    assert missing["nok"] == ("ukjent",)
    assert missing["km"] == ("kjent", "ukjent")
    assert "visits" not in missing


def test_a_case_without_lines_documents_nothing_unless_it_replaces_nothing(evaluated):
    assert evaluated().total.avoided.hours is None
    assert evaluated().total.documented.hours is None
    additive = evaluated(additive=True).total
    assert (additive.avoided.hours, additive.avoided.nok, additive.fte) == (0, 0, 0)


def test_hours_are_told_by_time_of_day(evaluated):
    lines = [
        visits(10, 4, minutes=60, time_of_day="evening"),
        visits(3, 0, minutes=60, time_of_day="evening"),
        {**visits(8, 0, minutes=60), "kind": "night_checks"},
        visits(1, 0),
    ]
    assert evaluated(lines=lines).total.hours_by_time_of_day == {
        "any": None,
        "evening": 9,
        "night": 8,
    }


def test_a_recipients_part_is_the_whole_over_the_recipients(evaluated, hour):
    lines = [visits(10, 4, minutes=60, price=hour(100))]
    total = evaluated(recipients=9, lines=lines).total
    assert (total.avoided.nok, total.per_recipient.nok) == (5400, 600)
    assert evaluated(recipients=None, lines=lines).total.per_recipient.nok is None


def test_full_time_equivalents_are_of_the_hours_avoided(evaluated):
    lines = [visits(3337, 0, minutes=60)]
    assert evaluated(lines=lines).total.fte == pytest.approx(2)
    assert evaluated(lines=lines, hours_per_fte=1750).total.fte == pytest.approx(3337 / 1750)


def test_perspectives_are_never_added(evaluated, hour):
    lines = [
        visits(10, 4, minutes=60, price=hour(100)),
        visits(9, 0, minutes=60, price=hour(1000), perspective="elsewhere"),
    ]
    result = evaluated(lines=lines)
    assert (result.total.avoided.nok, result.economy.gross_per_year) == (600, 600)
    assert result.other_perspectives["elsewhere"].avoided.nok == 9000
    assert set(result.other_perspectives) == {"elsewhere"}
