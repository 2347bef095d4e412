"""Fakturert, men ikke i bruk: what is paid for and not used, on small visible tables.

The month is November 2024. Every case is a device of its own, invoiced to the district of the case.
"""

from datetime import date

import pytest
import visible
from drilled import rows_behind

from vft.indicators import invoiced_unused

CASES = """
district | case                                           | invoiced | invoiced_unused | invoiced_amount | unused_amount
01       | Hos ingen                                      | 1        | 1               | 100             | 100
02       | Hos en mottaker hele måneden                   | 1        | 0               | 100             | 0
03       | Levert tilbake den 2.: i bruk den 1.           | 1        | 0               | 100             | 0
04       | Levert tilbake den 1.                          | 1        | 1               | 100             | 100
05       | Utplassert siste dag                           | 1        | 0               | 100             | 0
06       | Utplassert dagen etter siste dag               | 1        | 1               | 100             | 100
07       | Hos en mottaker, men ute av drift hele måneden | 1        | 1               | 100             | 100
08       | Hos en som døde i oktober                      | 1        | 1               | 100             | 100
09       | Hos en mottaker, men ikke på utstyrslisten     | 1        | 1               | 100             | 100
10       | Et kvartal på 92 dager, 30 av dem her          | 1        | 1               | 30              | 30
11       | Et kvartal der beløpet ikke går opp i dager    | 1        | 1               | 32.61           | 32.61
12       | Fakturert og kreditert                         | 0        | 0               | 0               | 0
13       | Fakturert to ganger, kreditert én gang         | 1        | 1               | 100.5           | 100.5
14       | Faktura for en annen måned                     | 0        | 0               | 0               | 0
15       | Uten til-dato, begynner denne måneden          | 1        | 1               | 77              | 77
16       | Uten til-dato, begynner i oktober              | 0        | 0               | 0               | 0
17       | To enheter                                     | 2        | 1               | 300             | 200
18       | Faktura for noe annet enn teknologi            | 0        | 0               | 0               | 0
"""  # noqa: E501 - a table is read across
DEVICES = "device_id | service\n" + "\n".join(
    f"D{n} | {'GPS' if n == 1 else 'TA'}" for n in range(1, 20) if n != 9
)
DEVICES += "\nD30 | DT\nD31 | DMS"  # in the registers, so that they have figures
ASSIGNED = """
device_id | recipient_id | starts_on  | ends_on
D2        | 2            | 2024-01-01 |
D3        | 3            | 2024-01-01 | 2024-11-02
D4        | 4            | 2024-01-01 | 2024-11-01
D5        | 5            | 2024-11-30 |
D6        | 6            | 2024-12-01 |
D7        | 7            | 2024-01-01 |
D8        | 8            | 2024-01-01 |
D9        | 9            | 2024-01-01 |
D17       | 17           | 2024-01-01 |
D20       | 20           | 2024-01-01 | 2024-10-01
"""
LINES = """
device_id | unit   | service | starts_on  | ends_on    | amount
D1        | 030101 | TA      | 2024-11-01 | 2024-12-01 | 100
D2        | 030102 | TA      | 2024-11-01 | 2024-12-01 | 100
D3        | 030103 | TA      | 2024-11-01 | 2024-12-01 | 100
D4        | 030104 | TA      | 2024-11-01 | 2024-12-01 | 100
D5        | 030105 | TA      | 2024-11-01 | 2024-12-01 | 100
D6        | 030106 | TA      | 2024-11-01 | 2024-12-01 | 100
D7        | 030107 | TA      | 2024-11-01 | 2024-12-01 | 100
D8        | 030108 | TA      | 2024-11-01 | 2024-12-01 | 100
D9        | 030109 | DT      | 2024-11-01 | 2024-12-01 | 100
D10       | 030110 | TA      | 2024-10-01 | 2025-01-01 | 92
D11       | 030111 | TA      | 2024-10-01 | 2025-01-01 | 100
D12       | 030112 | TA      | 2024-11-01 | 2024-12-01 | 100
D12       | 030112 | TA      | 2024-11-01 | 2024-12-01 | -100
D13       | 030113 | TA      | 2024-11-01 | 2024-12-01 | 100.5
D13       | 030113 | TA      | 2024-11-01 | 2024-12-01 | 100.5
D13       | 030113 | TA      | 2024-11-01 | 2024-12-01 | -100.5
D14       | 030114 | TA      | 2024-10-01 | 2024-11-01 | 100
D14       | 030114 | TA      | 2024-12-01 | 2025-01-01 | 100
D15       | 030115 | TA      | 2024-11-30 |            | 77
D16       | 030116 | TA      | 2024-10-31 |            | 77
D17       | 030117 | TA      | 2024-11-01 | 2024-12-01 | 100
D18       | 030117 | TA      | 2024-11-01 | 2024-12-01 | 200
D19       | 030118 | HN      | 2024-11-01 | 2024-12-01 | 100
D20       |        |         | 2024-11-01 | 2024-12-01 | 40
D21       |        |         | 2024-11-01 | 2024-12-01 | 50
          | 030101 | TA      | 2024-11-01 | 2024-12-01 | 1000
          |        | DMS     | 2024-11-16 | 2024-12-16 | 300
"""
RECIPIENTS = """
recipient_id | died_on
8            | 2024-10-05
"""
DOWNTIMES = """
device_id | reason | starts_on
D7        | fault  | 2024-10-31
"""
UNITS = "code | name | level | parent | starts_on\n" + "\n".join(
    ["0301 | Byen | municipality | | 2000-01-01"]
    + [f"0301{n:02d} | Bydel {n} | district | 0301 | 2000-01-01" for n in range(1, 21)]
)
RESIDENCES = "recipient_id | unit | starts_on\n" + "\n".join(
    f"{n} | 030120 | 2020-01-01" for n in range(1, 21)
)
WORLD = visible.world(
    devices=DEVICES,
    device_assignments=ASSIGNED,
    device_downtimes=DOWNTIMES,
    invoice_lines=LINES,
    recipients=RECIPIENTS,
    units=UNITS,
    residences=RESIDENCES,
)
TODAY = date(2024, 12, 5)
MEASURES = ("invoiced", "invoiced_unused", "invoiced_amount", "unused_amount")


@pytest.fixture(scope="module")
def figures(figures_of):
    months = ["2024-10", "2024-11", "2024-12"]
    return figures_of(WORLD, months=months, today=TODAY, indicator=invoiced_unused.INDICATOR)


def figure(figures, measure, unit, slice_=("total", "all"), month="2024-11"):
    grouping = "municipality" if unit == "0301" else "district"
    return figures["then", grouping, unit, month, *slice_, measure]


@pytest.mark.parametrize("case", visible.rows(CASES), ids=lambda case: case["case"])
def test_what_is_paid_for_and_not_used(figures, case):
    for measure in MEASURES:
        found = figure(figures, measure, f"0301{case['district']}")
        assert found == (float(case[measure]), "value"), measure


SHARED = """
unit   | 2024-10 | 2024-11 | 2024-12
030110 | 31      | 30      | 31
030111 | 33.69   | 32.61   | 33.7
"""


@pytest.mark.parametrize("row", visible.rows(SHARED), ids=lambda row: row["unit"])
def test_the_months_of_a_line_are_all_that_it_charges(figures, row):
    months = [month for month in row if month != "unit"]
    found = [figure(figures, "invoiced_amount", row["unit"], month=month) for month in months]
    assert found == [(float(row[month]), "value") for month in months]


IN_THE_CITY = """
kind    | slice | invoiced | invoiced_unused | invoiced_amount | unused_amount
service | TA    | 13       | 9               | 1240.11         | 840.11
service | GPS   | 1        | 1               | 100             | 100
service | DT    | 1        | 1               | 100             | 100
total   | all   | 17       | 13              | 1530.11         | 1130.11
"""


@pytest.mark.parametrize("row", visible.rows(IN_THE_CITY), ids=lambda row: row["slice"])
def test_the_list_says_which_service_a_device_is_of_else_the_line(figures, row):
    of = (row["kind"], row["slice"])
    found = {measure: figure(figures, measure, "0301", of)[0] for measure in MEASURES}
    assert found == {measure: float(row[measure]) for measure in MEASURES}


def test_a_device_that_is_invoiced_to_nobody_counts_with_her_who_had_it_last(figures):
    assert figure(figures, "invoiced_unused", "030120") == (1, "value")
    assert figure(figures, "unused_amount", "030120") == (40, "value")


def test_lines_without_a_device_are_told_of_apart(figures):
    assert figure(figures, "lines_without_device", "030101") == (1, "value")
    assert figure(figures, "amount_without_device", "030101") == (1000, "value")
    assert figure(figures, "lines_without_device", "0301") == (2, "value")
    assert figure(figures, "amount_without_device", "0301") == (1150, "value")
    assert figure(figures, "amount_without_device", "0301", ("service", "DMS")) == (150, "value")


ALIKE = """
source | invoice_line_id | unit   | service | starts_on  | ends_on    | amount
A      | 1               | 030101 | TA      | 2024-11-01 | 2024-12-01 | 100
B      | 1               | 030102 | TA      | 2024-11-01 | 2024-12-01 | 40
"""


def test_lines_that_two_suppliers_number_alike_are_two(figures_of):
    alike = visible.world(
        devices=DEVICES, device_assignments=ASSIGNED, units=UNITS, invoice_lines=ALIKE
    )
    found = figures_of(alike, months=["2024-11"], today=TODAY, indicator=invoiced_unused.INDICATOR)
    for unit, lines, amount in (("030101", 1, 100), ("030102", 1, 40), ("0301", 2, 140)):
        assert figure(found, "lines_without_device", unit) == (lines, "value")
        assert figure(found, "amount_without_device", unit) == (amount, "value")


def test_the_share_is_of_devices_and_undefined_where_none_is_invoiced(figures):
    assert figure(figures, "unused_share", "030117") == (50, "value")
    assert figure(figures, "unused_share", "030112") == (None, "undefined")


def test_the_rows_behind_say_supplier_product_line_and_amount():
    found = rows_behind(invoiced_unused.INDICATOR, WORLD, month="2024-11", today=TODAY)
    told = {
        row["thing"]: row["detail"]
        for row in found
        if row["slice"] == "all" and row["measure"] != "invoiced"
    }
    assert told["D11"] == "S, P, linje invoice_lines-11, 32,61 kr"
    assert told["D9"] == "S, ikke på utstyrslisten, linje invoice_lines-9, 100,00 kr"
    assert told["test invoice_lines-26"] == "S, 1000,00 kr"
    assert len(told) == 15
