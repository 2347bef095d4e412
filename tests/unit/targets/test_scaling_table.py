"""Several services beside each other."""

import pytest

from vft.errors import FileRefused
from vft.targets import scaling

#: Oslo's published table (conference talk, 2024).
OSLO = """service,measure,year,value
TA,actual,2024,11500
TA,best_practice,2024,15500
TA,potential,2023,20000
TA,potential,2030,27000
TA,potential,2040,35500
DT,actual,2024,350
DT,best_practice,2024,3050
DT,potential,2023,1000
DT,potential,2030,1500
DT,potential,2040,2000
DMS,actual,2024,1050
DMS,best_practice,2024,2000
DMS,potential,2023,3500
DMS,potential,2030,5000
DMS,potential,2040,6600
DHO,actual,2024,300
DHO,best_practice,2024,1450
DHO,potential,2023,1500
DHO,potential,2030,4000
DHO,potential,2040,10000
"""


def compared(tmp_path, text):
    path = tmp_path / "skalering.csv"
    path.write_text(text, encoding="utf-8")
    return scaling.compare(scaling.read(path))


def test_oslos_table_is_flagged_at_dt_and_nowhere_else(tmp_path):
    found = compared(tmp_path, OSLO)
    assert [(flag.code, flag.unit) for flag in found.flags] == [("above_potential", "DT")]
    assert found.notes == []
    assert [service.potential for service in found.services] == [20_000, 1_000, 3_500, 1_500]


def test_potentials_of_later_years_are_not_for_now(tmp_path):
    rows = "A,best_practice,2024,900\nA,potential,2023,800\nA,potential,2024,950\n"
    assert compared(tmp_path, f"service,measure,year,value\n{rows}").flags == []
    later = "A,best_practice,2024,900\nA,potential,2030,800\nA,potential,2040,700\n"
    found = compared(tmp_path, f"service,measure,year,value\n{later}")
    assert (found.flags, found.services[0].potential) == ([], None)
    assert "A: teoretisk potensial for 2024 gjelder først 2030." in found.notes


def test_what_is_not_documented_is_null_and_flags_nothing(tmp_path):
    found = compared(
        tmp_path,
        "service,measure,year,value\nA,actual,2024,:\nA,best_practice,2024,900\nA,potential,2023,\n",
    )
    assert (found.services[0].actual, found.services[0].potential) == (None, None)
    assert found.flags == []
    assert found.notes == [
        "A: faktisk bruk for 2024 er skjult.",
        "A: teoretisk potensial for 2023 mangler.",
    ]


def test_a_figure_that_is_not_in_the_table_is_told_from_one_that_is_not_documented(tmp_path):
    rows = "A,actual,2024,0\nA,best_practice,2024,ikke dokumentert\n"
    found = compared(tmp_path, f"service,measure,year,value\n{rows}")
    assert found.services[0].actual == 0
    assert found.notes == [
        "A: beste praksis for 2024 er ikke dokumentert.",
        "A: teoretisk potensial for 2024 står ikke i tabellen.",
    ]


def test_every_fault_of_the_table_is_told(tmp_path):
    with pytest.raises(FileRefused) as refusal:
        compared(
            tmp_path,
            "service,measure,year,value\n,actual,2024,1\nA,maks,2024,1\nA,actual,24,1\n"
            "A,actual,2024,-1\nA,actual,2024,1\n",
        )
    for said in (
        "rad 2, kolonnen «service»",
        "rad 3, kolonnen «measure»: «maks»",
        "rad 4, kolonnen «year»: «24»",
        "rad 5, kolonnen «value»: «-1» er negativt",
        "rad 6: A actual 2024 står også i rad 5",
    ):
        assert said in str(refusal.value)
