from datetime import date

import pytest
from factories import identity
from small_lake import NOW, mapping_of

from vft.errors import LakeError
from vft.lake import deliveries, manifest
from vft.lake.on_duckdb import DuckDB
from vft.lake.pseudonym import Pseudonymiser
from vft.lake.receive import receive, receive_all

VISITS = """
visit_id | recipient_id | started_at       | minutes
B1       | 1            | 2024-01-10 08:00 | 10
B2       | 1            | 2024-01-31 23:30 | 20
B3       | 2            | 2024-02-01 00:30 | 30
"""
UNITS = """
code   | name  | level        | parent | starts_on
0301   | Oslo  | municipality |        | 2000-01-01
030101 | Gamle | district     | 0301   | 2000-01-01
"""


def counts(delivery):
    return delivery.added, delivery.changed, delivery.unchanged, delivery.rows_bad


def test_rows_come_in_under_pseudonym_and_local_time(installation):
    installation.deliver(VISITS, "visits")
    one, two = str(installation.person(1)), str(installation.person(2))
    columns = "visit_id recipient_id local_date local_minute month minutes source delivery"
    assert installation.rows("visits", columns) == [
        ("B1", one, "2024-01-10", "480", "2024-01", "10", "test", "1"),
        ("B2", one, "2024-01-31", "1410", "2024-01", "20", "test", "1"),
        ("B3", two, "2024-02-01", "30", "2024-02", "30", "test", "1"),
    ]
    assert manifest.latest(installation.lake).changes == {"visits": ["2024-01", "2024-02"]}


def test_the_receipt_tells_what_came(installation):
    delivery = installation.deliver(VISITS, "visits")
    assert (delivery.status, delivery.file_name, delivery.source) == ("loaded", "fil1.csv", "test")
    assert (delivery.rows_read, delivery.rows_good, delivery.rows_bad) == (3, 3, 0)
    assert (delivery.first_date, delivery.last_date) == (date(2024, 1, 10), date(2024, 2, 1))
    assert delivery.bytes == (installation.folder / "fil1.csv").stat().st_size
    engine = DuckDB(installation.lake, threads=1)
    assert deliveries.all_of(engine) == [delivery]
    engine.close()


@pytest.mark.parametrize(
    ("ends_on", "last"),
    [
        ("2024-02-01", date(2024, 1, 31)),
        ("2024-01-15", date(2024, 1, 15)),  # ended before it began to count: a day all the same
        ("", date(2024, 1, 15)),
        ("2024-12-16", date(2024, 12, 15)),  # today is the last day
        ("2024-12-17", date(2024, 1, 15)),  # planned
    ],
)
def test_the_last_date_of_an_interval_is_the_day_before_it_ends(installation, ends_on, last):
    delivery = installation.deliver(
        f"""
        vedtak_id | recipient_id | service | starts_on  | ends_on
        V1        | 1            | TA      | 2024-01-15 | {ends_on}
        """,
        "vedtak",
    )
    assert (delivery.first_date, delivery.last_date) == (date(2024, 1, 15), last)


def test_the_same_file_twice_changes_nothing_and_keeps_one_receipt(installation):
    first = installation.deliver(VISITS, "visits")
    state = manifest.latest(installation.lake)
    again = installation.deliver(VISITS, "visits")
    assert again.status == "unchanged"
    assert again.delivery == first.delivery
    assert counts(again) == (0, 0, 3, 0)
    assert manifest.latest(installation.lake) == state


def test_the_same_rows_in_another_file_write_a_receipt_and_nothing_else(installation):
    installation.deliver(VISITS, "visits")
    before = manifest.latest(installation.lake)
    lines = VISITS.strip().splitlines()
    backwards = "\n".join([lines[0], *reversed(lines[1:])])
    again = installation.deliver(backwards, "visits")
    assert (again.status, again.delivery) == ("unchanged", 2)
    assert counts(again) == (0, 0, 3, 0)
    after = manifest.latest(installation.lake)
    assert after.versions["visits"] == before.versions["visits"]
    assert after.changes == {}


def test_a_correction_replaces_by_key_and_touches_only_its_months(installation):
    installation.deliver(VISITS, "visits")
    delivery = installation.deliver(
        """
        visit_id | recipient_id | started_at       | minutes
        B3       | 2            | 2024-02-01 00:30 | 35
        B4       | 2            | 2024-03-05 10:00 | 5
        """,
        "visits",
    )
    assert counts(delivery) == (1, 1, 0, 0)
    assert installation.rows("visits", "visit_id minutes delivery") == [
        ("B1", "10", "1"),
        ("B2", "20", "1"),
        ("B3", "35", "2"),
        ("B4", "5", "2"),
    ]
    assert manifest.latest(installation.lake).changes == {"visits": ["2024-02", "2024-03"]}
    assert installation.rows("visits", "visit_id minutes", number=1)[-1] == ("B3", "30")


def test_a_correction_may_move_an_event_to_another_month(installation):
    installation.deliver(VISITS, "visits")
    installation.deliver(
        """
        visit_id | recipient_id | started_at       | minutes
        B2       | 1            | 2024-02-03 08:00 | 20
        """,
        "visits",
    )
    assert installation.rows("visits", "visit_id month") == [
        ("B1", "2024-01"),
        ("B2", "2024-02"),
        ("B3", "2024-02"),
    ]
    assert manifest.latest(installation.lake).changes == {"visits": ["2024-01", "2024-02"]}


def test_a_new_month_leaves_the_files_of_the_others_alone(installation):
    installation.deliver(VISITS, "visits")
    folder = installation.lake.table("visits")
    before = {file: file.stat().st_mtime_ns for file in folder.rglob("1-*.parquet")}
    installation.deliver(
        """
        visit_id | recipient_id | started_at       | minutes
        B9       | 1            | 2024-03-03 08:00 | 20
        """,
        "visits",
    )
    assert {file: file.stat().st_mtime_ns for file in folder.rglob("1-*.parquet")} == before
    assert len(list(folder.rglob("2-*.parquet"))) == 1


def test_keys_are_a_sources_own(installation):
    installation.deliver(VISITS, "visits", source="epj.en")
    installation.deliver(VISITS.replace("| 10", "| 99"), "visits", source="epj.to")
    assert installation.rows("visits", "visit_id source minutes")[:2] == [
        ("B1", "epj.en", "10"),
        ("B1", "epj.to", "99"),
    ]
    corrected = installation.deliver(VISITS.replace("| 10", "| 11"), "visits", source="epj.en")
    assert counts(corrected) == (0, 1, 2, 0)
    assert installation.rows("visits", "visit_id source minutes")[:2] == [
        ("B1", "epj.en", "11"),
        ("B1", "epj.to", "99"),
    ]


BAD = """
visit_id | recipient_id | started_at       | minutes | kind
B1       | 1            | 2024-01-10 08:00 | 10      |
B2       | 1            | i morgen         | 20      |
B3       | 1            |                  | 30      |
B4       | 1            | 2024-01-10 08:00 | 5000    |
B5       | 1            | 2024-01-10 08:00 | 10      | ukjent
B6       | 1            | 2024-01-10 08:00 | 10      |
B6       | 1            | 2024-01-10 08:00 | 10      |
B7       | 1            | 2024-01-10 08:00 | 10      |
B7       | 1            | 2024-01-10 08:00 | 11      |
"""


def test_bad_rows_are_quarantined_by_row_and_rule_and_the_rest_loaded(installation):
    delivery = installation.deliver(BAD, "visits")
    assert (delivery.rows_read, delivery.rows_good, delivery.rows_bad) == (9, 3, 6)
    assert installation.rows("visits", "visit_id minutes") == [
        ("B1", "10"),
        ("B6", "10"),
        ("B7", "11"),
    ]
    assert installation.rows("quarantine", "row rule column value delivery") == [
        ("3", "not_an_instant", "started_at", "", "1"),
        ("4", "no_time", "started_at", "", "1"),
        ("5", "out_of_range", "minutes", "", "1"),
        ("6", "unknown_code", "kind", "", "1"),
        ("8", "duplicate", "visit_id", "", "1"),
        ("9", "superseded", "visit_id", "", "1"),
    ]


def test_the_raw_bad_rows_are_in_the_vault_and_nowhere_else(installation):
    installation.deliver(BAD, "visits")
    raw = installation.vault.refused(1)
    assert sorted(raw["row"].to_pylist()) == [3, 4, 5, 6, 8, 9]
    assert set(raw["recipient_id"].to_pylist()) == {identity(1)}
    kept = (f for f in installation.folder.rglob("*") if f.is_file() and f.suffix != ".csv")
    assert not [file for file in kept if identity(1).encode() in file.read_bytes()]


@pytest.mark.parametrize(
    ("value", "rows", "shown"),
    [
        ("XX99", 7, True),
        ("XX99", 5, True),
        ("XX99", 4, False),
        ("HJE-ÅS_1.2.3", 5, True),
        ("HJE-ÅS_1.2.34", 5, False),
        ("K", 5, True),
        ("HANSEN", 7, False),
        ("LI", 7, False),
        ("LI-MO", 7, False),
        ("HANSEN-1940", 7, False),
        ("ÅS3", 7, True),
        ("Kari Nordmann", 7, False),
        ("KARI NORDMANN", 7, False),
        ("kari", 7, False),
        ("K12345", 7, True),
        ("K123456", 7, False),
        ("01.01.1990", 7, False),
        ("1990-01-01", 7, False),
        ("01.01.90", 7, False),
        ("1.1.90", 7, False),
        ("01JAN1990", 7, False),
        ("912-34-567", 7, False),
        ("9_1_2_3_4_5", 7, False),
        ("K12-345", 7, True),
        ("K1.10", 7, True),
    ],
)
def test_a_quarantined_value_is_shown_when_it_is_a_code_that_five_rows_share(
    installation, value, rows, shown
):
    # all of them one person's: the count alone does not keep her name out of the lake
    visits = "".join(f"B{n} | 1 | 2024-01-10 08:00 | {value}\n" for n in range(rows))
    installation.deliver(f"visit_id | recipient_id | started_at | kind\n{visits}", "visits")
    assert installation.rows("quarantine", "value") == [(value if shown else "",)] * rows


def test_a_file_with_too_many_bad_rows_is_refused_whole(installation):
    delivery = installation.deliver(BAD, "visits", refuse_above=0.5)
    assert (delivery.status, delivery.refused_kind) == ("refused", "too_many_bad_rows")
    assert delivery.refused_reason.startswith("6 av 9 rader har feil (67\u00a0%), og grensen")
    assert "Utført start: " in delivery.refused_reason  # the title, as on screen
    assert (delivery.rows_read, delivery.rows_bad) == (9, 6)
    assert manifest.latest(installation.lake).versions == {"deliveries": 1}
    assert installation.vault.refused(1) is None
    assert installation.vault.received_file(delivery.sha256).exists()


def test_a_refused_file_is_tried_again_when_it_comes_again(installation):
    refused = installation.deliver(BAD, "visits", refuse_above=0.5)
    assert installation.deliver(BAD, "visits", refuse_above=0.5) == refused
    assert manifest.latest(installation.lake).number == 1
    assert installation.deliver(BAD, "visits", refuse_above=0.9).status == "loaded"


def test_a_file_that_cannot_be_read_is_refused_with_the_readers_words(installation):
    path = installation.folder / "tom.csv"
    path.write_text("")
    delivery = installation.receive(path, mapping_of("visits"))
    assert (delivery.status, delivery.refused_kind) == ("refused", "empty")
    assert "tom" in delivery.refused_reason


def write_nonsense(path, size):
    """A file that takes no room on disk, for it is not written where it is zero."""
    with path.open("wb") as file:
        file.write(b"%PDF-1.7 et vedlegg")
        file.truncate(size)
    return path


@pytest.mark.parametrize("size", [100, 64 << 20])
def test_what_is_refused_at_a_glance_is_left_where_it_is_and_not_kept(installation, size):
    path = write_nonsense(installation.folder / "vedlegg.csv", size)
    delivery = installation.receive(path, mapping_of("visits"))
    assert (delivery.status, delivery.refused_kind, delivery.bytes) == (
        "refused",
        "unknown_file",
        size,
    )
    assert delivery.copy == "never"
    assert path.stat().st_size == size
    assert not [f for f in installation.vault.root.rglob("*") if f.is_file()]
    assert installation.receive(path, mapping_of("visits")) == delivery
    assert manifest.latest(installation.lake).number == 1


def test_a_file_beyond_what_is_looked_at_is_known_by_its_size_and_name_too(installation):
    def refused(name, mebibytes):
        path = write_nonsense(installation.folder / name, mebibytes << 20)
        receipt = installation.receive(path, mapping_of("visits"))
        return receipt.delivery, receipt.file_name, receipt.bytes >> 20

    assert refused("mai.csv", 2) == (1, "mai.csv", 2)
    assert refused("mai.csv", 3) == (2, "mai.csv", 3)
    assert refused("juni.csv", 3) == (3, "juni.csv", 3)
    assert refused("mai.csv", 3) == (2, "mai.csv", 3)


def test_units_must_be_known_and_may_come_in_the_same_file(installation):
    residences = """
    recipient_id | unit   | starts_on
    1            | 030101 | 2024-01-01
    2            | 030199 | 2024-01-01
    """
    assert counts(installation.deliver(residences, "residences")) == (0, 0, 0, 2)
    installation.deliver(UNITS, "units")
    later = residences.replace("2024-01-01", "2024-01-02")
    assert counts(installation.deliver(later, "residences")) == (1, 0, 0, 1)
    assert installation.rows("quarantine", "delivery row rule") == [
        ("1", "2", "unknown_unit"),
        ("1", "3", "unknown_unit"),
        ("3", "3", "unknown_unit"),
    ]


LEVELS = """
code | name    | level         | starts_on
01   | Bydel   | district      | 2000-01-01
01   | Delområde | part_district | 2010-01-01
02   | Sone    | part_district | 2000-01-01
02   | Sonen   | part_district | 2010-01-01
"""


def test_a_code_stays_on_the_level_that_it_was_first_told_on(installation):
    installation.deliver(LEVELS, "units", source="enheter")
    assert installation.rows("quarantine", "row rule column says") == [
        ("3", "other_level", "level", OTHER_LEVEL)
    ]
    later = LEVELS.replace("2000", "2001").replace("2010", "2020").replace("part_", "")
    other = installation.deliver(later, "units", source="andre")
    assert counts(other) == (2, 0, 0, 2)
    assert installation.rows("units", "code level starts_on") == [
        ("01", "district", "2000-01-01"),
        ("01", "district", "2001-01-01"),
        ("01", "district", "2020-01-01"),
        ("02", "part_district", "2000-01-01"),
        ("02", "part_district", "2010-01-01"),
    ]


OTHER_LEVEL = "Koden er allerede brukt på et annet nivå. En kode hører til ett nivå."


def test_a_level_is_corrected_when_all_rows_of_the_code_are_told_again(installation):
    units = LEVELS.replace("part_", "")
    assert counts(installation.deliver(units, "units")) == (4, 0, 0, 0)
    one = "\n".join(line for line in LEVELS.splitlines() if "Sonen" not in line)
    assert counts(installation.deliver(one, "units")) == (0, 0, 1, 2)
    right = LEVELS.replace("Delområde | part_", "Delområde | ")
    assert counts(installation.deliver(right, "units")) == (0, 2, 2, 0)


def test_a_level_that_a_later_row_of_the_file_corrects_is_not_the_units(installation):
    units = """
    code | name  | level         | starts_on
    01   | Bydel | part_district | 2000-01-01
    01   | Bydel | district      | 2000-01-01
    """
    assert counts(installation.deliver(units, "units")) == (1, 0, 0, 1)
    assert installation.rows("units", "code level") == [("01", "district")]


RESIDENCES = """
recipient_id | unit   | starts_on
1            | 030101 | 2024-01-01
"""


def test_a_file_that_came_before_its_units_is_read_again_when_they_are_there(installation):
    first = installation.deliver(RESIDENCES, "residences")
    assert counts(first) == (0, 0, 0, 1)
    assert installation.deliver(RESIDENCES, "residences") == first.again()
    installation.deliver(UNITS, "units", source="enheter")
    again = installation.deliver(RESIDENCES, "residences")
    assert (again.status, again.delivery, *counts(again)) == ("loaded", 3, 1, 0, 0, 0)
    assert installation.rows("residences", "unit delivery") == [("030101", "3")]
    assert installation.deliver(RESIDENCES, "residences") == again.again()


def test_a_file_whose_unit_is_still_unknown_is_read_again_once_for_each_change_of_units(
    installation,
):
    installation.deliver(RESIDENCES.replace("030101", "030199"), "residences")
    installation.deliver(UNITS, "units", source="enheter")
    again = installation.deliver(RESIDENCES.replace("030101", "030199"), "residences")
    assert (again.delivery, *counts(again)) == (3, 0, 0, 0, 1)
    state = manifest.latest(installation.lake)
    installation.deliver(RESIDENCES.replace("030101", "030199"), "residences")
    assert manifest.latest(installation.lake) == state


def test_a_file_with_other_faults_is_not_read_again_when_units_come(installation):
    first = installation.deliver(BAD, "visits")
    installation.deliver(UNITS, "units", source="enheter")
    assert installation.deliver(BAD, "visits") == first.again()


def test_a_row_that_ends_before_it_starts_is_refused_in_the_contracts_words(installation):
    installation.deliver(
        """
        vedtak_id | recipient_id | service | starts_on  | ends_on
        V1        | 1            | TA      | 2024-02-01 | 2024-01-31
        V2        | 1            | TA      | 2024-02-01 | 2024-02-01
        V3        | 1            | TA      | 2024-02-01 |
        V4        | 1            | XX      | 2024-02-01 |
        """,
        "vedtak",
    )
    assert installation.rows("vedtak", "vedtak_id") == [("V2",), ("V3",)]
    assert installation.rows("quarantine", "row rule says") == [
        ("2", "ends_before_start", "Til-dato er før fra-dato."),
        ("5", "unknown_code", "Koden finnes ikke i kodelisten."),
    ]


def test_a_row_may_feed_several_tables_and_tell_a_recipient_again(installation):
    delivery = installation.deliver(
        """
        vedtak_id | recipient_id | birth_year | service | starts_on
        V1        | 1            | 1940       | TA      | 2024-01-01
        V2        | 1            | 1940       | DMS     | 2024-01-01
        V2        | 1            | 1940       | DMS     | 2024-01-01
        """,
        "vedtak",
        "recipients",
    )
    assert installation.rows("recipients", "birth_year") == [("1940",)]
    assert installation.rows("vedtak", "vedtak_id") == [("V1",), ("V2",)]
    assert installation.rows("quarantine", "row rule") == [("4", "duplicate")]
    assert (delivery.rows_good, delivery.rows_bad) == (2, 1)


def test_everyone_the_file_names_is_handed_over_and_no_name_reaches_the_lake(installation):
    handed = []
    installation.deliver(
        """
        recipient_id | birth_year | given_name | family_name | address_blocked
        1            | 1940       | Kari       | Nordmann    | true
        2            | 1941       |            |             |
        """,
        "recipients",
        "identities",
        identities=lambda people: handed.extend(people.to_pylist()),
    )
    assert sorted(handed, key=lambda p: p["identity"]) == [
        {
            "recipient_id": installation.person(1),
            "identity": identity(1),
            "given_name": "Kari",
            "family_name": "Nordmann",
            "address_blocked": True,
        },
        {
            "recipient_id": installation.person(2),
            "identity": identity(2),
            "given_name": None,
            "family_name": None,
            "address_blocked": None,
        },
    ]
    assert "identities" not in manifest.latest(installation.lake).versions


def test_nothing_is_loaded_when_identities_cannot_be_kept(installation):
    def fail(_):
        raise LakeError("databasen er borte")

    with pytest.raises(LakeError, match="borte"):
        installation.deliver(BAD, "visits", identities=fail)
    assert manifest.latest(installation.lake).number == 0
    clean = installation.deliver(VISITS, "visits")
    assert (clean.delivery, clean.rows_bad) == (1, 0)
    assert installation.vault.refused(1) is None


def test_another_pseudonym_key_than_the_lakes_is_refused(installation):
    installation.deliver(VISITS, "visits")
    with pytest.raises(LakeError, match="Pseudonymnøkkelen er ikke den"):
        receive(
            installation.lake,
            installation.vault,
            installation.file(VISITS, "visits"),
            mapping_of("visits"),
            Pseudonymiser(b"en annen"),
        )


def test_progress_grows_to_the_whole_of_all_files(installation):
    files = [
        (installation.file(VISITS, "visits"), mapping_of("visits")),
        (installation.file(UNITS, "units"), mapping_of("units", source="enheter")),
    ]
    seen = []
    received = receive_all(
        installation.lake,
        installation.vault,
        files,
        installation.pseudonymiser,
        on_progress=lambda done, total: seen.append((done, total)),
        now=NOW,
    )
    whole = sum(path.stat().st_size for path, _ in files)
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert seen[-1] == (whole, whole)
    assert [delivery.source for delivery in received] == ["enheter", "test"]


def test_progress_reaches_the_whole_when_files_are_refused_known_or_empty(installation):
    empty = installation.file(VISITS, "visits")
    empty.write_text("", encoding="utf-8")
    files = [
        (installation.file(UNITS, "units"), mapping_of("units", source="enheter")),
        (empty, mapping_of("visits")),
    ]
    whole = sum(path.stat().st_size for path, _ in files)
    for statuses in (["loaded", "refused"], ["unchanged", "refused"]):
        seen = []
        received = receive_all(
            installation.lake,
            installation.vault,
            files,
            installation.pseudonymiser,
            on_progress=lambda done, total: seen.append((done, total)),  # noqa: B023 - used at once
            now=NOW,
        )
        assert [delivery.status for delivery in received] == statuses
        assert seen[-1] == (whole, whole)


def test_summer_time(installation):
    installation.deliver(
        """
        visit_id | recipient_id | started_at
        before   | 1            | 2024-03-31 01:59
        after    | 1            | 2024-03-31 03:00
        autumn   | 1            | 2024-10-27 03:00
        new_year | 1            | 2024-01-01 00:00
        """,
        "visits",
    )
    assert installation.rows("visits", "visit_id started_at local_date local_minute month") == [
        ("after", "2024-03-31 01:00:00+00:00", "2024-03-31", "180", "2024-03"),
        ("autumn", "2024-10-27 02:00:00+00:00", "2024-10-27", "180", "2024-10"),
        ("before", "2024-03-31 00:59:00+00:00", "2024-03-31", "119", "2024-03"),
        ("new_year", "2023-12-31 23:00:00+00:00", "2024-01-01", "0", "2024-01"),
    ]


def test_the_first_of_an_events_instants_that_is_there_places_it(installation):
    installation.deliver(
        """
        visit_id | recipient_id | planned_at       | started_at
        executed | 1            | 2024-01-31 23:00 | 2024-02-01 00:10
        planned  | 1            | 2024-01-31 23:00 |
        """,
        "visits",
    )
    assert installation.rows("visits", "visit_id month") == [
        ("executed", "2024-02"),
        ("planned", "2024-01"),
    ]


def test_an_identity_number_in_a_column_of_codes_never_reaches_the_lake(installation):
    number = identity(1)
    rents = "\n".join(f"{number} | S | TA | 2024-01-01 | 10" for _ in range(6))
    delivery = installation.deliver(
        f"""
        contract_id | supplier | service | starts_on  | monthly_price
        {rents}
        A-2         | S        | TA      | 2024-01-01 | 10
        """,
        "rental_contracts",
    )
    assert (delivery.rows_good, delivery.rows_bad) == (1, 6)
    assert installation.rows("rental_contracts", "contract_id") == [("A-2",)]
    refused = ("identity_in_clear", "contract_id", "")
    assert installation.rows("quarantine", "rule column value") == [refused] * 6
