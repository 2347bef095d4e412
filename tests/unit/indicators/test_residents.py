"""How many live in a place, when the population is told of other units than there are.

On 1 February 2024 district C is merged into B, its part-district C1 following; district D, which
has no parts, is split into D1 and D2; part-district A1 moves from A to B, while its sector stays.
On 1 March part-district B9 is new.
"""

from datetime import date

import pytest
import visible

from vft.indicators.frame import framed
from vft.indicators.residents import residents

UNITS = """
code | name | level         | parent | starts_on  | ends_on
M    | Byen | municipality  |        | 2000-01-01 |
A    | A    | district      | M      | 2000-01-01 |
B    | B    | district      | M      | 2000-01-01 |
C    | C    | district      | M      | 2000-01-01 | 2024-02-01
D    | D    | district      | M      | 2000-01-01 | 2024-02-01
D1   | D1   | district      | M      | 2024-02-01 |
D2   | D2   | district      | M      | 2024-02-01 |
A1   | A1   | part_district | A      | 2000-01-01 | 2024-02-01
A1   | A1   | part_district | B      | 2024-02-01 |
A2   | A2   | part_district | A      | 2000-01-01 |
B1   | B1   | part_district | B      | 2000-01-01 |
B9   | B9   | part_district | B      | 2024-03-01 |
C1   | C1   | part_district | C      | 2000-01-01 | 2024-02-01
C1   | C1   | part_district | B      | 2024-02-01 |
"""
SUCCESSIONS = """
predecessor | successor | changed_on | kind
C           | B         | 2024-02-01 | merge
D           | D1        | 2024-02-01 | split
D           | D2        | 2024-02-01 | split
"""
SECTORS = """
grouping | grouping_name | group | group_name | unit | starts_on  | ends_on
sector   | Sektor        | North | Nord       | A    | 2000-01-01 |
sector   | Sektor        | North | Nord       | A1   | 2024-02-01 |
sector   | Sektor        | South | Sør        | B    | 2000-01-01 |
sector   | Sektor        | South | Sør        | C    | 2000-01-01 | 2024-02-01
sector   | Sektor        | South | Sør        | D    | 2000-01-01 | 2024-02-01
sector   | Sektor        | South | Sør        | D1   | 2024-02-01 |
sector   | Sektor        | South | Sør        | D2   | 2024-02-01 |
"""
MONTHS = ["2022-12", "2023-12", "2024-01", "2024-03"]
#: 2023 tells of districts alone, 2024 of part-districts too, whose sum is not quite A's own number.
DISTRICTS = """
unit | 2023 | 2024
A    | 100  | 110
B    | 50   | 51
C    | 30   | 31
D    | 20   | 21
"""
PARTS = """
unit | 2024
A1   | 40
A2   | 60
B1   | 51
C1   | 31
"""
#: A hyphen: nobody can say. B1 and C1 are all of their districts, and have their numbers.
THEN = """
grouping      | unit  | 2022-12 | 2023-12 | 2024-01 | 2024-03
municipality  | M     | -       | 200     | 213     | 213
district      | A     | -       | 100     | 110     | 60
district      | B     | -       | 50      | 51      | 122
district      | C     | -       | 30      | 31      | -
district      | D     | -       | 20      | 21      | -
district      | D1    | -       | -       | -       | -
part_district | A1    | -       | -       | 40      | 40
part_district | A2    | -       | -       | 60      | 60
part_district | B1    | -       | 50      | 51      | 51
part_district | B9    | -       | -       | -       | -
part_district | C1    | -       | 30      | 31      | 31
sector        | North | -       | 100     | 110     | 110
sector        | South | -       | 100     | 103     | 103
"""
#: In the units of today A is without A1, which the count of 2023 cannot tell.
NOW = """
grouping      | unit  | 2022-12 | 2023-12 | 2024-01 | 2024-03
municipality  | M     | -       | 200     | 213     | 213
district      | A     | -       | -       | 60      | 60
district      | B     | -       | -       | 122     | 122
district      | D2    | -       | -       | -       | -
part_district | C1    | -       | 30      | 31      | 31
sector        | North | -       | 100     | 110     | 110
sector        | South | -       | 100     | 103     | 103
"""


def told(text, years):
    """One woman of 80 for each resident counted, beside younger ones and a projection."""
    return [
        f"{row['unit']} | {year} | {age} | female | {variant} | {persons}"
        for row in visible.rows(text)
        for year in years
        for age, variant, persons in (
            (79, "counted", 1000),
            (80, "counted", int(row[str(year)]) - 1),
            (95, "counted", 1),
            (80, "MMMM", 1000),
        )
    ]


@pytest.fixture(scope="module")
def found():
    population = ["unit | year | age | sex | variant | persons"]
    population += told(DISTRICTS, [2023, 2024]) + told(PARTS, [2024])
    lake = visible.world(
        units=UNITS,
        unit_successions=SUCCESSIONS,
        groupings=SECTORS,
        population="\n".join(population),
    )
    engine = visible.InMemory(lake)
    frame = framed(
        engine,
        months=MONTHS,
        changed_on=[date(2024, 2, 1)],
        today=date(2024, 3, 31),
        settle=engine.settled,
    )
    rows = engine.arrow(residents(frame, age=80)).to_pylist()
    key = ("geography", "grouping", "unit", "month")
    return {tuple(row[k] for k in key): row["residents"] for row in rows}


@pytest.mark.parametrize(("geography", "expected"), [("then", THEN), ("now", NOW)])
def test_residents_of_every_unit_and_sector(found, geography, expected):
    for row in visible.rows(expected):
        key = (geography, row["grouping"], row["unit"])
        assert [str(found.get((*key, month), "-")) for month in MONTHS] == [
            row[month] for month in MONTHS
        ], key
