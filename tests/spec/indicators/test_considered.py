"""Vurdert: what the vedtak of those who are new say of technology.

Every case lives in a district of hers and began home nursing on 1 March 2024; the window ends with
November 2024.
"""

from datetime import date

import pytest
import visible
from drilled import rows_behind

from vft.indicators import considered

CASES = """
district | case                                               | counted_as
01       | Innvilget med det første vedtaket                  | Innvilget
02       | Funnet uegnet                                      | Ikke egnet
03       | Takket nei                                         | Takket nei
04       | Noen skrev at det ikke ble vurdert                 | Ikke vurdert
05       | Ingen skrev noe                                    | Ikke dokumentert
06       | Ikke vurdert først, innvilget på dag 28            | Innvilget
07       | Ikke vurdert først, innvilget på dag 29            | Ikke vurdert
08       | Avslag på medisindispenser fordi hun takket nei    | Takket nei
09       | Ett vedtak sier uegnet, et annet at hun takket nei | Takket nei
10       | Innvilget for tre år siden, ingenting skrevet nå   | Ikke dokumentert
11       | Ikke ny mottaker: hjemmesykepleie siden i fjor     | Telles ikke
"""
VEDTAK = """
vedtak_id | recipient_id | service | status  | starts_on  | considered_technology | considered_reason
V1        | 1            | HN      | granted | 2024-03-01 | granted               | Mestrer utstyret
V2        | 2            | HN      | granted | 2024-03-01 | unsuitable            | Kognitiv svikt
V3        | 3            | HN      | granted | 2024-03-01 | declined              |
V4        | 4            | HN      | granted | 2024-03-01 | not_considered        |
V5        | 5            | HN      | granted | 2024-03-01 |                       |
V6a       | 6            | HN      | granted | 2024-03-01 | not_considered        | Hastevedtak
V6b       | 6            | TA      | granted | 2024-03-29 | granted               | Alene hjemme
V7a       | 7            | HN      | granted | 2024-03-01 | not_considered        |
V7b       | 7            | DMS     | granted | 2024-03-30 | granted               |
V8a       | 8            | HN      | granted | 2024-03-01 |                       |
V8b       | 8            | DMS     | refused | 2024-03-10 | declined              | Ønsker besøk
V9a       | 9            | HN      | granted | 2024-03-01 | unsuitable            | Dårlig syn
V9b       | 9            | PH      | granted | 2024-03-01 | declined              | Vil ikke
V10a      | 10           | TA      | granted | 2021-03-01 | granted               |
V10b      | 10           | HN      | granted | 2024-03-01 |                       |
V11       | 11           | HN      | granted | 2023-03-01 | granted               |
"""  # noqa: E501 - a table is read across
UNITS = "code | name | level | parent | starts_on\n" + "\n".join(
    ["0301 | Byen | municipality | | 2000-01-01"]
    + [f"0301{n:02d} | Bydel {n} | district | 0301 | 2000-01-01" for n in range(1, 12)]
)
RESIDENCES = "recipient_id | unit | starts_on\n" + "\n".join(
    f"{n} | 0301{n:02d} | 2020-01-01" for n in range(1, 12)
)
WORLD = visible.world(vedtak=VEDTAK, units=UNITS, residences=RESIDENCES)
TITLES = {m.code: m.title for m in considered.INDICATOR.measures}
OUTCOMES = ("granted", "declined", "unsuitable", "not_considered", "not_documented")


@pytest.fixture(scope="module")
def figures(figures_of):
    return figures_of(
        WORLD, months=["2024-11"], today=date(2024, 12, 28), indicator=considered.INDICATOR
    )


def figure(figures, measure, unit="0301"):
    grouping = "municipality" if unit == "0301" else "district"
    return figures["then", grouping, unit, "2024-11", "everyone", "all", measure]


@pytest.mark.parametrize("case", visible.rows(CASES), ids=lambda case: case["case"])
def test_each_new_recipient_has_one_outcome(figures, case):
    unit = f"0301{case['district']}"
    found = {code: figure(figures, code, unit) for code in OUTCOMES}
    assert found == {code: (int(TITLES[code] == case["counted_as"]), "value") for code in OUTCOMES}


IN_THE_CITY = """
measure              | value
new_recipients       | 10
considered           | 6
considered_share     | 60
granted_share        | 20
declined_share       | 30
unsuitable_share     | 10
not_considered_share | 20
not_documented_share | 20
"""


@pytest.mark.parametrize("row", visible.rows(IN_THE_CITY), ids=lambda row: row["measure"])
def test_not_documented_is_a_share_of_its_own(figures, row):
    assert figure(figures, row["measure"]) == (int(row["value"]), "value")


def test_a_district_without_new_recipients_has_no_share(figures):
    assert figure(figures, "considered", "030111") == (0, "value")
    assert figure(figures, "considered_share", "030111") == (None, "undefined")


def test_the_rows_behind_give_the_reason_as_it_was_written():
    found = rows_behind(considered.INDICATOR, WORLD, month="2024-11", today=date(2024, 12, 28))
    told = {row["recipient_id"]: row["detail"] for row in found if row["measure"] == "considered"}
    assert told == {
        1: "Ny fra 01.03.2024: innvilget. Mestrer utstyret",
        2: "Ny fra 01.03.2024: ikke egnet. Kognitiv svikt",
        3: "Ny fra 01.03.2024: takket nei",
        6: "Ny fra 01.03.2024: innvilget. Alene hjemme",
        8: "Ny fra 01.03.2024: takket nei. Ønsker besøk",
        9: "Ny fra 01.03.2024: takket nei. Vil ikke",
    }
