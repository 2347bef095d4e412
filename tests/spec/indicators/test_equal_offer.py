"""Likt tilbud: which technology is in use where, in November 2024, on visible tables."""

from datetime import date

import pytest
import visible

from vft.indicators import equal_offer
from vft.tables import services

UNITS = """
code | name | level        | parent | starts_on
M    | Byen | municipality |        | 2000-01-01
N    | Nord | district     | M      | 2000-01-01
S    | Sør  | district     | M      | 2000-01-01
"""
RESIDENCES = """
recipient_id | unit | starts_on
1            | N    | 2020-01-01
2            | N    | 2020-01-01
3            | S    | 2020-01-01
4            | S    | 2020-01-01
5            | S    | 2020-01-01
"""
#: 5 has an alarm and no home care; nobody's bed sensor works.
VEDTAK = """
recipient_id | service | starts_on
1            | HN      | 2024-01-01
2            | HN      | 2024-01-01
3            | HN      | 2024-01-01
4            | PH      | 2024-01-01
1            | DMS     | 2024-01-01
5            | TA      | 2024-01-01
3            | DT      | 2024-01-01
"""
DEVICES = """
device_id | service
D1        | DMS
D2        | TA
D3        | DT
"""
ASSIGNED = """
device_id | recipient_id | starts_on
D1        | 1            | 2024-01-01
D2        | 5            | 2024-01-01
"""
ASSESSMENTS = """
recipient_id | assessed_on | need_group
1            | 2024-06-01  | high
2            | 2024-06-01  | low
3            | 2024-06-01  | high
4            | 2024-06-01  | low
"""
CASES = """
unit | service                     | case                                                 | users | offered   | recipients | covered | per_100 | expected | ratio
N    | Digital medisineringsstøtte | Nord: én av to mottakere har medisindispenser        | 1     | 1         | 2          | 1       | 50      | 0.5      | 200
S    | Digital medisineringsstøtte | Sør: ingen har medisindispenser                      | 0     | 0         | 2          | 0       | 0       | 0.5      | 0
M    | Digital medisineringsstøtte | Kommunen: én av fire har medisindispenser            | 1     | 1         | 4          | 1       | 25      | 1        | 100
N    | Trygghetsalarm              | Nord: ingen har trygghetsalarm                       | 0     | 0         | 2          | 0       | 0       | 0        | undefined
S    | Trygghetsalarm              | Sør: én har trygghetsalarm, men ikke hjemmetjenester | 1     | 1         | 2          | 0       | 0       | 0        | undefined
N    | Digitalt tilsyn             | Nord: ingen i kommunen har digitalt tilsyn i bruk    | 0     | undefined | 2          | 0       | 0       | 0        | undefined
"""  # noqa: E501 - a table is read across

CODES = {service.name: service.code for service in services.ALL.values()}


@pytest.fixture(scope="module")
def figures(figures_of):
    tables = visible.world(
        units=UNITS,
        residences=RESIDENCES,
        vedtak=VEDTAK,
        devices=DEVICES,
        device_assignments=ASSIGNED,
        assessments=ASSESSMENTS,
    )
    return figures_of(
        tables, months=["2024-11"], today=date(2024, 11, 30), indicator=equal_offer.INDICATOR
    )


@pytest.mark.parametrize("row", visible.rows(CASES), ids=lambda r: f"{r['service']} {r['unit']}")
def test_what_is_in_use_and_how_much_at_equal_need(figures, row):
    grouping = "municipality" if row["unit"] == "M" else "district"
    place = ("then", grouping, row["unit"], "2024-11", "service", CODES[row["service"]])
    measures = [name for name in row if name not in {"unit", "service", "case"}]
    found = {m: figures[(*place, m)] for m in measures}
    told = {m: state if value is None else f"{value:g}" for m, (value, state) in found.items()}
    assert told == {measure: row[measure] for measure in measures}


def test_a_service_that_no_register_holds_is_not_documented(figures):
    place = ("then", "district", "N", "2024-11", "service", "GPS")
    assert figures[(*place, "offered")] == (None, "not_documented")
