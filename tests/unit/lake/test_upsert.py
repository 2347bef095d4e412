"""What holds for any files: nothing is lost, nothing counted twice, order does not matter."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_lake import Installation

from vft import tables
from vft.lake import keys, manifest
from vft.lake.lake import Lake
from vft.lake.vault import Vault

#: Few keys and few contents, so that rows often meet.
ROW = st.tuples(st.integers(1, 4), st.integers(1, 3), st.integers(0, 2))
FILE = st.lists(ROW, max_size=6)
SOME = settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def visits(rows):
    lines = [f"B{key} | 1 | 2024-0{month}-10 08:00 | {minutes}" for key, month, minutes in rows]
    return "\n".join(["visit_id | recipient_id | started_at | minutes", *lines])


def a_new_installation():
    folder = Path(tempfile.mkdtemp())
    made = keys.create(folder / "keys")
    return Installation(folder, Lake(folder / "lake"), Vault(folder / "vault", made), made)


def in_lake(installation):
    found = installation.rows("visits", "visit_id month minutes")
    return {visit: (month, minutes) for visit, month, minutes in found}


def as_told(*files):
    """What the files say in order: the last word on each key."""
    return {f"B{k}": (f"2024-0{month}", str(n)) for file in files for k, month, n in file}


@SOME
@given(files=st.lists(FILE, min_size=1, max_size=3))
def test_the_lake_holds_the_last_word_on_each_key_and_every_row_is_counted_once(files):
    installation = a_new_installation()
    for number, file in enumerate(files, start=1):
        d = installation.deliver(visits(file), "visits")
        assert d.added + d.changed + d.unchanged + d.rows_bad == max(d.rows_read, len(file))
        assert in_lake(installation) == as_told(*files[:number])
        assert len(installation.rows("visits", "visit_id")) == len(in_lake(installation))


@SOME
@given(first=FILE, second=FILE)
def test_corrections_of_different_keys_may_come_in_any_order(first, second):
    second = [(key + 4, month, minutes) for key, month, minutes in second]
    one, other = a_new_installation(), a_new_installation()
    for file in (first, second):
        one.deliver(visits(file), "visits")
    for file in (second, first):
        other.deliver(visits(file), "visits")
    assert in_lake(one) == in_lake(other)


@SOME
@given(file=FILE)
def test_telling_the_same_again_in_another_file_changes_nothing(file):
    installation = a_new_installation()
    installation.deliver(visits(file), "visits")
    last_words = [(k, m, n) for k, (m, n) in {k: (m, n) for k, m, n in file}.items()]
    again = installation.deliver(visits(last_words) + "\n", "visits", refuse_above=0.9)
    assert (again.added, again.changed) == (0, 0)


@pytest.mark.parametrize("name", sorted(tables.ALL))
def test_every_part_of_a_key_is_required_so_that_keys_can_be_compared(name):
    contract = tables.ALL[name]
    assert all(contract.column[key].required for key in contract.key)


MONTHS_TOUCHED = [
    # what is there              what comes                  months touched by what comes
    ("", "2024-11-05|", ["2024-11", "2024-12"]),
    ("", "2024-01-31|2024-03-01", ["2024-01", "2024-02"]),
    ("", "2024-01-31|2024-03-02", ["2024-01", "2024-02", "2024-03"]),
    (
        "2024-01-05|2024-02-05",
        "2024-01-05|2024-04-05",
        ["2024-01", "2024-02", "2024-03", "2024-04"],
    ),
    ("2024-01-05|2024-03-05", "2024-02-05|2024-02-06", ["2024-01", "2024-02", "2024-03"]),
    ("2024-01-05|2024-03-05", "2024-01-05|2024-03-05", []),
]


@pytest.mark.parametrize(("before", "after", "months"), MONTHS_TOUCHED)
def test_an_interval_touches_the_months_it_covers_before_and_after(
    installation, before, after, months
):
    head = "vedtak_id|recipient_id|service|hours_per_week|starts_on|ends_on"
    if before:
        installation.deliver(f"{head}\nV1|1|TA||{before}", "vedtak")
    installation.deliver(f"{head}\nV1|1|TA||{after}\n", "vedtak", refuse_above=0.9)
    assert manifest.latest(installation.lake).changes.get("vedtak", []) == months


ENTITIES_TOUCHED = [
    ("", "1940|", ["*"]),
    ("1940|", "1941|", ["*"]),
    ("1940|", "1940|2024-11-05", ["2024-11", "2024-12"]),
    ("1940|2024-12-01", "1940|2024-11-05", ["2024-11", "2024-12"]),
    ("1940|2024-12-01", "1941|2024-11-05", ["*"]),
]


@pytest.mark.parametrize(("before", "after", "months"), ENTITIES_TOUCHED)
def test_a_recipient_touches_every_month_unless_only_a_date_differs(
    installation, before, after, months
):
    head = "recipient_id|birth_year|died_on"
    if before:
        installation.deliver(f"{head}\n1|{before}", "recipients")
    installation.deliver(f"{head}\n1|{after}\n", "recipients", refuse_above=0.9)
    assert manifest.latest(installation.lake).changes["recipients"] == months


def test_a_row_with_a_required_date_touches_its_month(installation):
    text = "recipient_id | assessed_on | need_group\n1 | 2024-05-01 | low\n1 | 2024-07-01 | high"
    installation.deliver(text, "assessments")
    assert manifest.latest(installation.lake).changes["assessments"] == ["2024-05", "2024-07"]
