"""Dekning: recipients of home care, users among them, and what to expect at the same need.

The month is November 2024. North has mostly high need, South mostly low.
"""

from datetime import date

import pytest
import visible

from vft.indicators import coverage

#: Who is counted: home care, need, whether she has a dispenser and an alarm, and what is special.
PEOPLE = """
recipient | unit | care | need   | DMS | TA | case
1         | N    | HN   | high   | yes |    |
2         | N    | HN   | high   | yes |    |
3         | N    | HN   | high   |     |    |
4         | N    | PH   | low    |     | no | has a vedtak on an alarm, and no alarm
5         | S    | HN   | high   | yes |    |
6         | S    | HN   | low    | yes |    |
7         | S    | HN   | low    |     |    |
8         | S    | HN   | low    |     |    |
9         | S    | PH   |        |     |    | nobody has assessed her
10        | S    |      | low    | yes |    | has a dispenser, and no home care
11        | S    | DC   | low    | yes |    | the day centre is no home care
"""
#: Of high need 3 of 4 have a dispenser, of low 1 of 4, of those not assessed 0 of 1.
CASES = """
unit | case                                                 | recipients | covered | coverage  | expected | ratio
N    | Nord: fire mottakere, tre med høyt behov             | 4          | 2       | 50        | 2.5      | 80
S    | Sør: fem mottakere, ett høyt behov, én ikke kartlagt | 5          | 2       | 40        | 1.5      | 133.33
M    | Kommunen: ni mottakere                               | 9          | 4       | 44.44     | 4        | 100
E    | Øst: ingen mottakere                                 | 0          | 0       | undefined | 0        | undefined
"""  # noqa: E501 - a table is read across


def tables():
    people = visible.rows(PEOPLE)
    having = [(p["recipient"], service) for p in people for service in ("DMS", "TA") if p[service]]
    return visible.world(
        units="""
code | name  | level        | parent | starts_on
M    | Byen  | municipality |        | 2000-01-01
N    | Nord  | district     | M      | 2000-01-01
S    | Sør   | district     | M      | 2000-01-01
E    | Øst   | district     | M      | 2000-01-01
""",
        residences="recipient_id | unit | starts_on\n"
        + "\n".join(f"{p['recipient']} | {p['unit']} | 2020-01-01" for p in people),
        vedtak="recipient_id | service | starts_on\n"
        + "\n".join(
            [f"{p['recipient']} | {p['care']} | 2024-01-01" for p in people if p["care"]]
            + [f"{who} | {service} | 2024-01-01" for who, service in having]
        ),
        devices="device_id | service\n" + "\n".join(f"D{who} | {of}" for who, of in having),
        device_assignments="device_id | recipient_id | starts_on\n"
        + "\n".join(
            f"D{p['recipient']} | {p['recipient']} | 2024-01-01"
            for p in people
            if "yes" in (p["DMS"], p["TA"])
        ),
        assessments="recipient_id | assessed_on | need_group\n"
        + "\n".join(f"{p['recipient']} | 2024-06-01 | {p['need']}" for p in people if p["need"]),
    )


def shown(value, state):
    return state if value is None else f"{value:.2f}".rstrip("0").rstrip(".")


@pytest.fixture(scope="module")
def figures(figures_of):
    return figures_of(
        tables(), months=["2024-11"], today=date(2024, 11, 30), indicator=coverage.INDICATOR
    )


def of_unit(figures, unit, slice_, measures, geography="then"):
    grouping = "municipality" if unit == "M" else "district"
    place = (geography, grouping, unit, "2024-11", *slice_)
    return {measure: shown(*figures[(*place, measure)]) for measure in measures}


@pytest.mark.parametrize("geography", ["then", "now"])
@pytest.mark.parametrize("row", visible.rows(CASES), ids=lambda row: row["unit"])
def test_coverage_and_what_to_expect_at_the_same_need(figures, row, geography):
    measures = [name for name in row if name not in {"unit", "case"}]
    found = of_unit(figures, row["unit"], ("service", "DMS"), measures, geography)
    assert found == {measure: row[measure] for measure in measures}


def test_recipients_are_the_same_where_nobody_uses_the_service(figures):
    found = of_unit(figures, "N", ("service", "TA"), ["recipients", "covered", "expected", "ratio"])
    assert found == {"recipients": "4", "covered": "0", "expected": "0", "ratio": "undefined"}


def test_without_assessments_coverage_stands_and_what_to_expect_is_missing(figures_of):
    lacking = {"expected": ["2024-11"], "ratio": ["2024-11"]}
    found = figures_of(
        tables(),
        months=["2024-11"],
        today=date(2024, 11, 30),
        indicator=coverage.INDICATOR,
        missing=lacking,
    )
    told = of_unit(found, "N", ("service", "DMS"), ["coverage", "expected", "ratio"])
    assert told == {"coverage": "50", "expected": "missing", "ratio": "missing"}
