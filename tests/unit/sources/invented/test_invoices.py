"""Invoices hold what a controller looks for: rent that is paid for equipment that nobody has."""

from collections import Counter

import pytest


@pytest.fixture(scope="module")
def lines(tables):
    return tables["invoice_lines"]


@pytest.fixture(scope="module")
def having(tables):
    """Device → those who had it."""
    found = {}
    for row in tables["device_assignments"]:
        found.setdefault(row["device_id"], []).append(row)
    return found


def is_had(rows, line):
    return any(
        row["starts_on"] < line["ends_on"]
        and (row["ends_on"] is None or row["ends_on"] > line["starts_on"])
        for row in rows
    )


def test_alarms_are_invoiced_by_number_and_other_devices_one_a_line(lines):
    by_device = {line["service"] for line in lines if line["device_id"]}
    by_number = {line["service"] for line in lines if not line["device_id"]}
    assert by_device == {"GPS", "DMS", "DT", "DHO"}
    assert by_number == {"TA"}
    assert {line["quantity"] for line in lines if line["device_id"]} == {1}


def test_a_device_is_invoiced_once_a_month_and_only_what_a_supplier_knows_of(lines, tables):
    months = Counter((line["device_id"], line["starts_on"]) for line in lines if line["device_id"])
    duplicates = sum(number - 1 for number in months.values())
    known = {row["device_id"] for row in tables["devices"]}
    unknown = {device for device, _ in months} - known
    assert duplicates <= len(lines) // 100  # faults that are planted
    assert len(unknown) <= len(known) // 50


def test_most_of_what_is_paid_for_is_with_somebody_and_some_is_not(lines, having):
    of_devices = [line for line in lines if line["device_id"]]
    unused = [x for x in of_devices if not is_had(having.get(x["device_id"], []), x)]
    assert 0.02 < len(unused) / len(of_devices) < 0.35


def test_what_was_brought_back_is_paid_for_a_while_and_some_of_it_for_good(lines, having):
    back = {
        device: max(row["ends_on"] for row in rows)
        for device, rows in having.items()
        if all(row["ends_on"] for row in rows)
    }
    since = [
        (line["starts_on"] - back[line["device_id"]]).days
        for line in lines
        if line["device_id"] in back
    ]
    assert sum(0 < days <= 60 for days in since) > 0
    assert sum(days > 60 for days in since) > 0
