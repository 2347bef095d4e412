"""Dekning 80 år og eldre: who counts among the users and the residents, in November 2024."""

from datetime import date

import pytest
import visible

from vft.indicators import coverage_80

UNITS = """
code | name | level        | parent | starts_on
M    | Byen | municipality |        | 2000-01-01
N    | Nord | district     | M      | 2000-01-01
S    | Sør  | district     | M      | 2000-01-01
"""
#: Everyone has an alarm that works and a vedtak. Who began 2024 at 80 was born in 1943 or before.
PEOPLE = """
recipient | unit | born | stay  | stay_ends  | case
1         | N    | 1943 |       |            | has turned 80 when the year begins
2         | N    | 1944 |       |            | turns 80 in the year
3         | N    | 1930 | long  |            | is in long stay
4         | N    | 1930 | long  | 2024-11-30 | came home from long stay on the last day
5         | N    | 1930 | short |            | a short stay is no long stay
6         | N    | 1960 | long  |            | is young, and in long stay
7         | S    | 1930 |       |            | lives where nobody has counted the residents
"""
POPULATION = """
unit | year | age | sex    | variant | persons
N    | 2023 | 85  | female | counted | 10
N    | 2024 | 80  | female | counted | 12
N    | 2024 | 99  | male   | counted | 9
N    | 2024 | 79  | male   | counted | 50
N    | 2024 | 80  | male   | MMMM    | 50
N    | 2025 | 85  | female | counted | 70
S    | 2024 | 85  | female | MMMM    | 30
"""
CASES = """
unit | month   | case                                             | users | long_stay | at_home | coverage
N    | 2024-11 | Nord: tre brukere hjemme, én på langtidsopphold  | 3     | 1         | 20      | 15
N    | 2023-11 | Nord, ett år før: to på langtidsopphold          | 1     | 2         | 8       | 12.5
N    | 2022-11 | Nord, to år før: ingen folkemengde levert        | 1     | 2         | missing | missing
S    | 2024-11 | Sør: folkemengden er bare framskrevet, ikke talt | 1     | 0         | missing | missing
M    | 2024-11 | Kommunen: folkemengden mangler for Sør           | 4     | 1         | missing | missing
"""  # noqa: E501 - a table is read across
MONTHS = ["2022-11", "2023-11", "2024-11"]


@pytest.fixture(scope="module")
def figures(figures_of):
    people = visible.rows(PEOPLE)
    numbers = [p["recipient"] for p in people]
    tables = visible.world(
        units=UNITS,
        population=POPULATION,
        recipients="recipient_id | birth_year\n"
        + "\n".join(f"{p['recipient']} | {p['born']}" for p in people),
        residences="recipient_id | unit | starts_on\n"
        + "\n".join(f"{p['recipient']} | {p['unit']} | 2020-01-01" for p in people),
        stays="recipient_id | kind | starts_on | ends_on\n"
        + "\n".join(
            f"{p['recipient']} | {p['stay']} | 2022-01-01 | {p['stay_ends']}"
            for p in people
            if p["stay"]
        ),
        vedtak="recipient_id | service | starts_on\n"
        + "\n".join(f"{n} | TA | 2022-01-01" for n in numbers),
        devices="device_id | service\n" + "\n".join(f"D{n} | TA" for n in numbers),
        device_assignments="device_id | recipient_id | starts_on\n"
        + "\n".join(f"D{n} | {n} | 2022-01-01" for n in numbers),
    )
    return figures_of(
        tables, months=MONTHS, today=date(2024, 11, 30), indicator=coverage_80.INDICATOR
    )


@pytest.mark.parametrize("slice_", [("service", "TA"), ("total", "all")], ids=lambda s: s[0])
@pytest.mark.parametrize("row", visible.rows(CASES), ids=lambda r: f"{r['unit']} {r['month']}")
def test_users_at_home_and_residents(figures, row, slice_):
    grouping = "municipality" if row["unit"] == "M" else "district"
    place = ("then", grouping, row["unit"], row["month"], *slice_)
    measures = [name for name in row if name not in {"unit", "month", "case"}]
    found = {m: figures[(*place, m)] for m in measures}
    told = {m: state if value is None else f"{value:g}" for m, (value, state) in found.items()}
    assert told == {measure: row[measure] for measure in measures}


def test_a_month_that_stays_do_not_reach_is_missing(figures_of):
    found = figures_of(
        visible.world(units=UNITS, population=POPULATION, devices="device_id | service\nD | TA"),
        months=["2024-11"],
        today=date(2024, 11, 30),
        indicator=coverage_80.INDICATOR,
        missing=["2024-11"],
    )
    assert {state for value, state in found.values()} == {"missing", "not_documented"}
