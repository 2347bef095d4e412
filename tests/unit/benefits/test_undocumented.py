import pytest

LINE = {"kind": "visits", "before": 4, "after": 2, "per": "day"}

# what is told → what is said to be missing
SAID = [
    ({"before": None}, "Antallet før er ikke dokumentert."),
    ({"after": {"count": None}}, "Antallet etter er ikke dokumentert."),
    ({}, "Minuttene før er ikke dokumentert: timene er derfor ikke kjent."),
    ({"before": {"count": 4, "km": 3}}, "Kilometerne etter er ikke dokumentert."),
    ({"minutes": 20}, "Ingen kroner: prisen er ikke oppgitt."),
    ({"minutes": 20, "km": 3}, "Ingen kroner for kjøring: Prisen «state-km» har flere perioder."),
]


@pytest.mark.parametrize(("told", "says"), SAID)
def test_what_is_missing_is_said(evaluated, told, says):
    (line,) = evaluated(lines=[{**LINE, **told}]).lines
    assert any(sentence.startswith(says) for sentence in line.undocumented)


def test_unknown_recipients_are_said_of_the_lines_they_count_for(evaluated):
    group = {**LINE, "applies_to": "group"}
    each, whole = evaluated(recipients=None, lines=[LINE, group]).lines
    assert "Antall mottakere er ikke dokumentert." in each.undocumented
    assert "Antall mottakere er ikke dokumentert." not in whole.undocumented


def test_nothing_is_missing_where_all_is_told_or_nothing_changes(evaluated, hour):
    whole = {**LINE, "minutes": 20, "price": hour()}
    assert evaluated(lines=[whole]).lines[0].undocumented == ()
    same = {**LINE, "after": 4}
    assert evaluated(lines=[same]).lines[0].undocumented == ()
