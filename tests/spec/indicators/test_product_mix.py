"""Produkter i bruk: who uses which product on the last day of November 2024, on visible tables."""

from datetime import date

import pytest
import visible

from vft.indicators import product_mix

VEDTAK = """
recipient_id | service | starts_on  | ends_on
1            | DMS     | 2024-01-01 |
2            | DMS     | 2024-01-01 |
3            | DMS     | 2024-01-01 | 2024-11-30
4            | DMS     | 2024-01-01 |
5            | TA      | 2024-01-01 |
6            | DMS     | 2024-01-01 |
"""
DEVICES = """
device_id | service | product | retired_on
D1        | DMS     | Medido  |
D2        | DMS     | Medido  |
D3        | DMS     | Medido  |
D4        | DMS     | Evondos |
D5        | TA      | TP1     |
D6        | DMS     | Pilly   |
D7        | DMS     | Medido  |
D8        | DMS     | Evondos | 2024-11-30
"""
#: 2 has one of each; 3's vedtak ended the day before; 6 has no dispenser that works; 7 no vedtak.
ASSIGNED = """
device_id | recipient_id | starts_on  | ends_on
D1        | 1            | 2024-01-01 |
D2        | 2            | 2024-01-01 |
D4        | 2            | 2024-11-30 |
D3        | 3            | 2024-01-01 |
D6        | 4            | 2024-01-01 | 2024-11-30
D7        | 4            | 2024-01-01 | 2024-12-01
D5        | 5            | 2024-01-01 |
D8        | 6            | 2024-01-01 |
D6        | 7            | 2024-11-30 |
"""
UNITS = """
code | name | level        | parent | starts_on
M    | Byen | municipality |        | 2000-01-01
A    | A    | district     | M      | 2000-01-01
B    | B    | district     | M      | 2000-01-01
C    | C    | district     | M      | 2000-01-01
"""
RESIDENCES = """
recipient_id | unit | starts_on
1            | A    | 2020-01-01
2            | A    | 2020-01-01
3            | A    | 2020-01-01
4            | B    | 2020-01-01
5            | C    | 2020-01-01
6            | B    | 2020-01-01
7            | B    | 2020-01-01
"""
CASES = """
unit | product | case                                             | users | service_users | share
A    | Medido  | To brukere av medisindispenser, begge har Medido | 2     | 2             | 100
A    | Evondos | En av de to har også Evondos                     | 1     | 2             | 50
A    | Pilly   | Pilly er på listen, men ingen her har den        | 0     | 2             | 0
A    | TP1     | Ingen her bruker trygghetsalarm                  | 0     | 0             | undefined
B    | Medido  | Pilly levert tilbake, Medido ut måneden          | 1     | 1             | 100
B    | Pilly   | Den som har Pilly nå, har ikke vedtak            | 0     | 1             | 0
C    | TP1     | Én bruker av trygghetsalarm                      | 1     | 1             | 100
M    | Medido  | Kommunen: alle tre brukere har Medido            | 3     | 3             | 100
"""  # noqa: E501 - a table is read across

CODES = {
    "Medido": "DMS:Medido",
    "Evondos": "DMS:Evondos",
    "Pilly": "DMS:Pilly",
    "TP1": "TA:TP1",
}


@pytest.fixture(scope="module")
def figures(figures_of):
    tables = visible.world(
        vedtak=VEDTAK,
        devices=DEVICES,
        device_assignments=ASSIGNED,
        units=UNITS,
        residences=RESIDENCES,
    )
    return figures_of(
        tables, months=["2024-11"], today=date(2024, 11, 30), indicator=product_mix.INDICATOR
    )


@pytest.mark.parametrize("row", visible.rows(CASES), ids=lambda r: f"{r['unit']} {r['product']}")
def test_users_of_a_product_and_their_share(figures, row):
    grouping = "municipality" if row["unit"] == "M" else "district"
    place = ("then", grouping, row["unit"], "2024-11", "product", CODES[row["product"]])
    for measure in ("users", "service_users", "share"):
        value, state = figures[(*place, measure)]
        assert str(state if value is None else value) == row[measure], measure


def test_only_products_have_figures(figures):
    found = {key[4:6] for key in figures}
    assert found == {("product", CODES[p["product"]]) for p in visible.rows(CASES)}
