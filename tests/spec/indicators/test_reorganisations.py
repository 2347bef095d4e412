"""Four reorganisations: a merge, a split, a move while the sector stays, and a new unit.

Everyone has an alarm that works all the time. On 1 February 2024
- district C is merged into B, and its part-district C1 follows,
- part-district A2 is split into A3 and A4,
- part-district A1 moves from A to B, while its hospital sector stays North;
on 1 March part-district B9 is new.
"""

from datetime import date

import pytest
import visible

UNITS = """
code | name | level         | parent | starts_on  | ends_on
M    | Byen | municipality  |        | 2000-01-01 |
A    | A    | district      | M      | 2000-01-01 |
B    | B    | district      | M      | 2000-01-01 |
C    | C    | district      | M      | 2000-01-01 | 2024-02-01
A1   | A1   | part_district | A      | 2000-01-01 | 2024-02-01
A1   | A1   | part_district | B      | 2024-02-01 |
A2   | A2   | part_district | A      | 2000-01-01 | 2024-02-01
A3   | A3   | part_district | A      | 2024-02-01 |
A4   | A4   | part_district | A      | 2024-02-01 |
B1   | B1   | part_district | B      | 2000-01-01 |
B9   | B9   | part_district | B      | 2024-03-01 |
C1   | C1   | part_district | C      | 2000-01-01 | 2024-02-01
C1   | C1   | part_district | B      | 2024-02-01 |
"""
SUCCESSIONS = """
predecessor | successor | changed_on | kind
C           | B         | 2024-02-01 | merge
A2          | A3        | 2024-02-01 | split
A2          | A4        | 2024-02-01 | split
A1          | A1        | 2024-02-01 | move
"""
SECTORS = """
grouping | grouping_name | group | group_name | unit | starts_on  | ends_on
sector   | Sektor        | North | Nord       | A    | 2000-01-01 |
sector   | Sektor        | South | Sør        | B    | 2000-01-01 |
sector   | Sektor        | South | Sør        | C    | 2000-01-01 | 2024-02-01
sector   | Sektor        | North | Nord       | A1   | 2024-02-01 |
"""
#: 2 and 4 are registered in units that are no more; 7 moved before the split, 6 after it.
RESIDENCES = """
recipient_id | unit | starts_on  | ends_on
1            | C1   | 2020-01-01 |
2            | C    | 2020-01-01 |
3            | A2   | 2020-01-01 | 2024-02-01
3            | A3   | 2024-02-01 |
4            | A2   | 2020-01-01 |
5            | A1   | 2020-01-01 |
6            | B1   | 2020-01-01 | 2024-03-01
6            | B9   | 2024-03-01 |
7            | A2   | 2020-01-01 | 2024-01-01
7            | B1   | 2024-01-01 |
"""
MONTHS = ("2023-12", "2024-01", "2024-02", "2024-03")
#: A dash: the unit was not there, and has no figure.
THEN = """
grouping      | unit  | 2023-12 | 2024-01 | 2024-02 | 2024-03
municipality  | M     | 7       | 7       | 7       | 7
district      | A     | 4       | 3       | 1       | 1
district      | B     | 1       | 2       | 5       | 5
district      | C     | 2       | 2       | -       | -
part_district | A1    | 1       | 1       | 1       | 1
part_district | A2    | 3       | 2       | -       | -
part_district | A3    | -       | -       | 1       | 1
part_district | A4    | -       | -       | 0       | 0
part_district | B1    | 1       | 2       | 2       | 1
part_district | B9    | -       | -       | -       | 1
part_district | C1    | 1       | 1       | 1       | 1
sector        | North | 4       | 3       | 2       | 2
sector        | South | 3       | 4       | 4       | 4
"""
#: 4 has no residence in what A2 became, nor had 7 when she lived there: they count in the city.
NOW = """
grouping      | unit  | 2023-12 | 2024-01 | 2024-02 | 2024-03
municipality  | M     | 7       | 7       | 7       | 7
district      | A     | 1       | 1       | 1       | 1
district      | B     | 4       | 5       | 5       | 5
district      | C     | -       | -       | -       | -
part_district | A1    | 1       | 1       | 1       | 1
part_district | A2    | -       | -       | -       | -
part_district | A3    | 1       | 1       | 1       | 1
part_district | A4    | 0       | 0       | 0       | 0
part_district | B1    | 1       | 2       | 2       | 1
part_district | B9    | 0       | 0       | 0       | 1
part_district | C1    | 1       | 1       | 1       | 1
sector        | North | 2       | 2       | 2       | 2
sector        | South | 3       | 4       | 4       | 4
"""


@pytest.fixture(scope="module")
def figures(figures_of):
    everyone = range(1, 8)
    tables = visible.world(
        units=UNITS,
        unit_successions=SUCCESSIONS,
        groupings=SECTORS,
        residences=RESIDENCES,
        devices="device_id | service\n" + "\n".join(f"D{n} | TA" for n in everyone),
        vedtak="recipient_id | service | starts_on\n"
        + "\n".join(f"{n} | TA | 2020-01-01" for n in everyone),
        device_assignments="device_id | recipient_id | starts_on\n"
        + "\n".join(f"D{n} | {n} | 2020-01-01" for n in everyone),
    )
    return figures_of(tables, months=list(MONTHS), today=date(2024, 3, 31))


@pytest.mark.parametrize("measure", ["concurrent", "unique_in_month"])
@pytest.mark.parametrize(("geography", "expected"), [("then", THEN), ("now", NOW)])
def test_figures_of_every_unit_and_sector(figures, measure, geography, expected):
    for row in visible.rows(expected):
        key = (geography, row["grouping"], row["unit"])
        found = [
            figures.get((*key, month, "service", "TA", measure), ("-", ""))[0] for month in MONTHS
        ]
        assert [str(value) for value in found] == [row[month] for month in MONTHS], key


def test_no_other_unit_has_figures(figures):
    units = {(row["grouping"], row["unit"]) for row in visible.rows(THEN)}
    assert {key[1:3] for key in figures} == units
