"""Nye brukere der besøk eller vedtakstid ikke har falt, on small visible tables.

Everybody begins with a dispenser on 1 March 2024, and is judged on 30 April. Every case lives in a
district of hers. Two visits in February and two in April, unless told.
"""

from datetime import date

import pytest
import visible
from drilled import rows_behind

from vft.indicators import not_fallen

#: What she is counted as, beside being a starter.
CASES = """
district | case                                           | counted_as                   | visits_not_fallen | hours_judged | hours_not_fallen | neither_fallen
01       | Like mange besøk, like mange timer             | Nye brukere som kan vurderes | 1                 | 1            | 1                | 1
02       | Ett besøk færre                                | Nye brukere som kan vurderes | 0                 | 1            | 1                | 0
03       | Timene er redusert                             | Nye brukere som kan vurderes | 1                 | 1            | 0                | 0
04       | Begge deler falt                               | Nye brukere som kan vurderes | 0                 | 1            | 0                | 0
05       | Hjemmetjenestene tok slutt: ingen timer        | Nye brukere som kan vurderes | 1                 | 1            | 0                | 0
06       | Ingen skrev timer                              | Nye brukere som kan vurderes | 1                 | 0            | 0                | 0
07       | Timer før, ingen skrevet etter                 | Nye brukere som kan vurderes | 1                 | 0            | 0                | 0
08       | Flere besøk, flere timer                       | Nye brukere som kan vurderes | 1                 | 1            | 1                | 1
09       | Ingen besøk før start                          | Uten besøk før start         | 0                 | 0            | 0                | 0
10       | Besøket før start ble avlyst                   | Uten besøk før start         | 0                 | 0            | 0                | 0
11       | Døde på dag 60                                 | Døde eller flyttet ut        | 0                 | 0            | 0                | 0
12       | Døde på dag 61                                 | Nye brukere som kan vurderes | 1                 | 0            | 0                | 0
13       | Hverdagsrehabilitering til 28 dager før start  | I hverdagsrehabilitering     | 0                 | 0            | 0                | 0
14       | Hverdagsrehabiliteringen sluttet dagen før det | Nye brukere som kan vurderes | 1                 | 0            | 0                | 0
15       | Hverdagsrehabilitering mellom de to periodene  | I hverdagsrehabilitering     | 0                 | 0            | 0                | 0
16       | På sykehus én dag før start                    | På institusjon eller borte   | 0                 | 0            | 0                | 0
17       | På sykehus mellom de to periodene              | Nye brukere som kan vurderes | 1                 | 0            | 0                | 0
18       | Langtidsopphold innvilget på dag 60            | På institusjon eller borte   | 0                 | 0            | 0                | 0
19       | Hjemmetjenestene har pause i april             | På institusjon eller borte   | 0                 | 0            | 0                | 0
20       | Flyttet på dag 10: telles der hun begynte      | Nye brukere som kan vurderes | 1                 | 0            | 0                | 0
21       | Her begynte ingen                              | Telles ikke                  | 0                 | 0            | 0                | 0
22       | Hadde medisindispenser til i vinter            | Telles ikke                  | 0                 | 0            | 0                | 0
23       | Død og i hverdagsrehabilitering: død           | Døde eller flyttet ut        | 0                 | 0            | 0                | 0
"""  # noqa: E501 - a table is read across
TITLES = {m.code: m.title for m in not_fallen.INDICATOR.measures}
JUDGED = ("visits_not_fallen", "hours_judged", "hours_not_fallen", "neither_fallen")
APART = ("judged", "gone", "in_reablement", "away", "not_visited")
EVERYBODY = [n for n in range(1, 24) if n != 21]
HOURS = """
vedtak_id | recipient_id | service | hours_per_week | starts_on  | ends_on
H1        | 1            | HN      | 2              | 2024-01-01 |
H2        | 2            | HN      | 2              | 2024-01-01 |
H3a       | 3            | HN      | 2              | 2024-01-01 | 2024-04-30
H3b       | 3            | HN      | 1.5            | 2024-04-30 |
H4a       | 4            | HN      | 2              | 2024-01-01 | 2024-04-01
H4b       | 4            | PH      | 1              | 2024-04-01 |
H5        | 5            | HN      | 2              | 2024-01-01 | 2024-04-01
H6        | 6            | HN      |                | 2024-01-01 |
H7a       | 7            | HN      | 2              | 2024-01-01 | 2024-04-01
H7b       | 7            | HN      |                | 2024-04-01 |
H8a       | 8            | HN      | 2              | 2024-01-01 |
H8b       | 8            | PH      | 1              | 2024-03-01 |
H19       | 19           | HN      |                | 2024-01-01 |
L18       | 18           | LS      |                | 2024-04-30 |
"""
VEDTAK = HOURS + "\n".join(f"D{n} | {n} | DMS | | 2022-01-01 |" for n in EVERYBODY)
PAUSES = """
vedtak_id | starts_on  | ends_on
H19       | 2024-04-10 | 2024-04-20
"""
DEVICES = "device_id | service\n" + "\n".join(f"D{n} | DMS" for n in range(1, 25))
ASSIGNED = (
    "device_id | recipient_id | starts_on | ends_on\nD24 | 22 | 2022-06-01 | 2023-12-01\n"
    + "\n".join(f"D{n} | {n} | 2024-03-01 |" for n in EVERYBODY)
)
#: Days of a visit by recipient: two before and two after where nothing else stands.
OTHER_VISITS = {
    2: ("2024-02-05", "2024-02-20", "2024-04-10"),
    4: ("2024-02-05", "2024-02-20", "2024-04-10"),
    8: ("2024-02-05", "2024-02-20", "2024-04-10", "2024-04-20", "2024-04-30"),
    9: ("2024-02-01", "2024-04-10"),
    10: ("2024-04-10",),
}
USUAL = ("2024-02-02", "2024-02-29", "2024-04-03", "2024-04-30")
VISITS = "recipient_id | at | minutes | status\n10 | 2024-02-10 08:00 | | cancelled\n" + "\n".join(
    f"{n} | {day} 08:00 | 10 | executed" for n in EVERYBODY for day in OTHER_VISITS.get(n, USUAL)
)
RECIPIENTS = """
recipient_id | died_on
11           | 2024-04-30
12           | 2024-05-01
23           | 2024-04-10
"""
REABLEMENT = """
recipient_id | starts_on  | ends_on
13           | 2024-01-01 | 2024-02-03
14           | 2024-01-01 | 2024-02-02
15           | 2024-03-10 | 2024-03-20
23           | 2024-03-10 | 2024-03-20
"""
STAYS = """
recipient_id | kind     | starts_on  | ends_on
16           | hospital | 2024-02-29 | 2024-03-01
17           | hospital | 2024-03-05 | 2024-04-03
"""
UNITS = "code | name | level | parent | starts_on\n" + "\n".join(
    ["0301 | Byen | municipality | | 2000-01-01"]
    + [f"0301{n:02d} | Bydel {n} | district | 0301 | 2000-01-01" for n in range(1, 24)]
)
RESIDENCES = "recipient_id | unit | starts_on | ends_on\n" + "\n".join(
    [f"{n} | 0301{n:02d} | 2020-01-01 |" for n in EVERYBODY if n != 20]
    + ["20 | 030120 | 2020-01-01 | 2024-03-11", "20 | 030121 | 2024-03-11 |"]
)
WORLD = visible.world(
    vedtak=VEDTAK,
    vedtak_pauses=PAUSES,
    devices=DEVICES,
    device_assignments=ASSIGNED,
    visits=VISITS,
    recipients=RECIPIENTS,
    reablement=REABLEMENT,
    stays=STAYS,
    units=UNITS,
    residences=RESIDENCES,
)


@pytest.fixture(scope="module")
def figures(figures_of):
    return figures_of(
        WORLD,
        months=["2024-03", "2024-04", "2025-03", "2025-04"],
        today=date(2025, 4, 30),
        indicator=not_fallen.INDICATOR,
    )


def figure(figures, measure, unit, month="2024-04", slice_=("service", "DMS")):
    grouping = "municipality" if unit == "0301" else "district"
    return figures["then", grouping, unit, month, *slice_, measure]


@pytest.mark.parametrize("case", visible.rows(CASES), ids=lambda case: case["case"])
def test_what_each_start_is_counted_as(figures, case):
    unit = f"0301{case['district']}"
    found = {name: figure(figures, name, unit)[0] for name in ("starters", *APART)}
    assert found == {"starters": int(case["counted_as"] != "Telles ikke")} | {
        name: int(TITLES[name] == case["counted_as"]) for name in APART
    }
    told = {name: figure(figures, name, unit)[0] for name in JUDGED}
    assert told == {name: int(case[name]) for name in JUDGED}


IN_THE_CITY = """
month   | starters | judged | visits_not_fallen | visits_not_fallen_share
2024-03 | 0        | 0      | 0                 | undefined
2024-04 | 21       | 12     | 10                | 83.33
2025-03 | 21       | 12     | 10                | 83.33
2025-04 | 0        | 0      | 0                 | undefined
"""


@pytest.mark.parametrize("row", visible.rows(IN_THE_CITY), ids=lambda row: row["month"])
def test_a_start_counts_for_a_year_from_the_month_that_it_is_judged_in(figures, row):
    for measure in ("starters", "judged", "visits_not_fallen"):
        assert figure(figures, measure, "0301", row["month"]) == (int(row[measure]), "value")
    value, state = figure(figures, "visits_not_fallen_share", "0301", row["month"])
    told = f"{value:.2f}" if state == "value" else state
    assert told == row["visits_not_fallen_share"]


def test_every_start_is_judged_or_apart(figures):
    apart = sum(figure(figures, name, "0301")[0] for name in APART)
    assert apart == figure(figures, "starters", "0301")[0]


def test_the_list_behind_tells_what_was_before_and_after():
    found = rows_behind(not_fallen.INDICATOR, WORLD, month="2024-04", today=date(2025, 4, 30))
    of_total = [row for row in found if row["slice_kind"] == "total"]
    told = {(row["measure"], row["recipient_id"]): row["detail"] for row in of_total}
    begun = "Digital medisineringsstøtte fra 01.03.2024. "
    assert told["judged", 2] == begun + (
        "Besøk på fire uker: 2 før, 1 etter. Vedtakstid i uken: 2 t 0 min før, 2 t 0 min etter."
    )
    assert told["visits_not_fallen", 7] == begun + (
        "Besøk på fire uker: 2 før, 2 etter. "
        "Vedtakstid i uken: 2 t 0 min før, ikke dokumentert etter."
    )
    assert ("visits_not_fallen", 2) not in told
    assert sum(measure == "starters" for measure, _ in told) == 21
