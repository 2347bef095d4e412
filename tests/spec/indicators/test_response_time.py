"""Svartid: how long cases waited, on small visible tables. Each case has a district.

The month is November 2024, in which local time is an hour ahead of UTC.
"""

from datetime import date, datetime, timedelta
from functools import partial

import pytest
import visible
from drilled import rows_behind

from vft.indicators import response_time
from vft.tables import period

#: Seconds that each case waited; ``ubesvart``: nobody answered; ``prøvealarm``: a test.
CASES = """
district | case                                           | seconds_waited                    | cases | answered | p50       | p90       | answered_share
01       | Én sak                                         | 30                                | 1     | 1        | 30        | 30        | 100
02       | Av to saker er den første halvparten           | 30, 50                            | 2     | 2        | 30        | 50        | 100
03       | Av tre saker, den andre                        | 90, 10, 20                        | 3     | 3        | 20        | 90        | 100
04       | Av ti saker, den femte og den niende           | 1, 2, 3, 4, 5, 6, 7, 8, 9, 99     | 10    | 10       | 5         | 9         | 100
05       | Av elleve saker, den sjette og den tiende      | 1, 2, 3, 4, 5, 6, 7, 8, 9, 98, 99 | 11    | 11       | 6         | 98        | 100
06       | Like ventetider telles hver for seg            | 7, 7, 7, 40                       | 4     | 4        | 7         | 40        | 100
07       | En sak uten svar har ikke ventet null sekunder | 30, ubesvart                      | 2     | 1        | 30        | 30        | 50
08       | Ingen fikk svar                                | ubesvart, ubesvart                | 2     | 0        | undefined | undefined | 0
09       | Svar med en gang                               | 0                                 | 1     | 1        | 0         | 0         | 100
10       | En prøvealarm har ikke ventet                  | prøvealarm                        | 0     | 0        | undefined | undefined | undefined
"""  # noqa: E501 - a table is read across
MEASURES = ("cases", "answered", "p50", "p90", "answered_share")


at = partial(datetime, tzinfo=period.LOCAL_ZONE)


def told(person, received, waits):
    """A line of ``responses``."""
    answered = ""
    if waits not in {"ubesvart", "prøvealarm"}:
        answered = (received + timedelta(seconds=int(waits))).isoformat()
    outcome = "test" if waits == "prøvealarm" else "clarified"
    return f"{person} | D1 | {received:%Y-%m-%d %H:%M:%S} | {answered} | {outcome}"


def responses():
    lines = ["recipient_id | device_id | at | answered_at | outcome"]
    for row in visible.rows(CASES):
        for n, waits in enumerate(row["seconds_waited"].split(", ")):
            received = at(2024, 11, 1 + n, 12, 0, 30)
            lines.append(told(int(row["district"]), received, waits))
    # she lived in the eleventh district until the 15th, and in the twelfth since
    lines += [told(11, at(2024, 11, day, 12), waits) for day, waits in ((5, "60"), (20, "20"))]
    lines.append(told("", at(2024, 11, 5, 12), "5"))
    return "\n".join(lines)


WORLD = visible.world(
    devices="device_id | service\nD1 | TA",
    device_assignments="device_id | recipient_id | starts_on\nD2 | 1 | 2024-01-01",
    responses=responses(),
    units="code | name | level | parent | starts_on\n"
    + "\n".join(
        ["0301 | Byen | municipality | | 2000-01-01"]
        + [f"0301{n:02d} | Bydel {n} | district | 0301 | 2000-01-01" for n in range(1, 13)]
    ),
    residences="recipient_id | unit | starts_on | ends_on\n"
    + "\n".join(
        [f"{n} | 0301{n:02d} | 2020-01-01 |" for n in range(1, 11)]
        + ["11 | 030111 | 2020-01-01 | 2024-11-15", "11 | 030112 | 2024-11-15 |"]
    ),
)
TODAY = date(2024, 11, 30)


@pytest.fixture(scope="module")
def figures(figures_of):
    return figures_of(WORLD, months=["2024-11"], today=TODAY, indicator=response_time.INDICATOR)


def figure(figures, measure, unit):
    grouping = "municipality" if unit == "0301" else "district"
    value, state = figures["then", grouping, unit, "2024-11", "total", "all", measure]
    return str(value) if state == "value" else state


@pytest.mark.parametrize("case", visible.rows(CASES), ids=lambda case: case["case"])
def test_how_long_cases_waited(figures, case):
    for measure in MEASURES:
        assert figure(figures, measure, f"0301{case['district']}") == case[measure], measure


ELSEWHERE = """
unit   | cases | answered | with_case | with_answer | p50 | p90
030111 | 1     | 1        | 1         | 1           | 60  | 60
030112 | 1     | 1        | 1         | 1           | 20  | 20
0301   | 39    | 36       | 10        | 9           | 7   | 90
"""


@pytest.mark.parametrize("row", visible.rows(ELSEWHERE), ids=lambda row: row["unit"])
def test_a_city_s_median_is_of_its_cases_and_she_who_moved_is_one_person(figures, row):
    """The case that nobody knows whose is, is the city's, and nobody's."""
    found = {name: figure(figures, name, row["unit"]) for name in row if name != "unit"}
    assert found == {name: row[name] for name in found}


def test_the_rows_behind_say_who_waited_longest():
    found = rows_behind(response_time.INDICATOR, WORLD, month="2024-11", today=TODAY)
    told = {
        (row["measure"], row["recipient_id"]): row["detail"]
        for row in found
        if row["slice"] == "all" and row["recipient_id"] in {3, 7, 8}
    }
    assert told == {
        ("with_case", 3): "3 saker, 3 besvart, lengste ventetid 90 s",
        ("with_answer", 3): "3 saker, 3 besvart, lengste ventetid 90 s",
        ("with_case", 7): "2 saker, 1 besvart, lengste ventetid 30 s",
        ("with_answer", 7): "2 saker, 1 besvart, lengste ventetid 30 s",
        ("with_case", 8): "2 saker, 0 besvart",
    }
