"""The figures as a program reads them."""

import io
import json
from datetime import timedelta
from urllib.parse import urlsplit

import polars as pl
import pytest
from django.utils import timezone
from python_calamine import CalamineWorkbook

from vft.access import actions, limits, scope, thresholds, tokens
from vft.access.models import Role, User
from vft.access.tokens import Opening

pytestmark = pytest.mark.usefixtures("home")


@pytest.fixture
def key(db):  # noqa: ARG001 - keys need the database
    """A key of someone with a role in a unit."""

    def of(role=Role.ANALYST, unit="", acts=(scope.FIGURES, scope.DELIVERIES)):
        owner = actions.create_user(username=f"{role}{unit}", password="x", given_name="x")
        actions.give_role(user=owner, role=role, unit=unit)
        now = timezone.now()
        opens = Opening(acts=frozenset(acts), units=frozenset(), expires_at=now + timedelta(days=1))
        return tokens.make(owner=owner, name="program", opens=opens, now=now)

    return of


@pytest.fixture
def ask(client, key):
    """Ask with a key, of the whole municipality unless told."""

    def asked(address, secret=None, **headers):
        secret = secret or asked.secret
        headers = {"Authorization": f"Bearer {secret}"} | headers
        return client.get(f"/api/v1{address}", headers=headers)

    asked.secret = key()[1]
    return asked


def told(answer):
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_what_there_is(ask):
    lists = {
        "/indicators": [
            ("concurrent_users", "Samtidige brukere"),
            ("technology_first", "Teknologi først"),
        ],
        "/slices": [("service:TA", "Trygghetsalarm"), ("service:DT", "Digitalt tilsyn")],
        "/groupings": [("municipality", "Kommune"), ("district", "Bydel")],
        "/units": [("0301", "Oslo"), ("030101", "Gamle Oslo")],
    }
    for address, first in lists.items():
        items = told(ask(f"{address}?limit=2"))["items"]
        assert [(_code(item), item.get("name") or item["title"]) for item in items] == first
    groups = told(ask("/units?grouping=hospital_sector"))["items"]
    assert [item["unit"] for item in groups] == ["hospital_sector:LDS", "hospital_sector:OUS"]
    months = told(ask("/months"))["items"]
    assert months[-2:] == [
        {"month": "2024-11", "complete": True},
        {"month": "2024-12", "complete": False},
    ]


def _code(item):
    return item.get("slice") or item.get("unit") or item["code"]


def test_an_indicator_is_told_with_its_measures_and_slices(ask):
    found = told(ask("/indicators/concurrent_users"))
    assert [measure["code"] for measure in found["measures"]][:2] == ["concurrent", "vedtak_only"]
    assert found["slices"] == ["service:TA", "service:DT", "group:ALARM", "total:ALL"]


def test_figures_one_row_each(ask):
    found = told(ask("/figures?measure=concurrent&slice=service:TA&unit=0301&first_month=2024-11"))
    key = {
        "indicator": "concurrent_users",
        "measure": "concurrent",
        "slice": "service:TA",
        "grouping": "municipality",
        "unit": "0301",
        "geography": "now",
    }
    assert found["items"] == [
        {**key, "month": "2024-11", "value": 11482.0, "state": "value", "complete": True},
        {**key, "month": "2024-12", "value": 5741.0, "state": "value", "complete": False},
    ]
    assert found["count"] == 2
    assert found["publication"] == 2


def test_a_share_is_told_with_its_parts_and_of_nobody_there_is_none(ask):
    query = "indicator=technology_first&unit=0301&first_month=2024-11&last_month=2024-11"
    found = told(ask(f"/figures?{query}&slice=service:TA&slice=total:ALL"))["items"]
    assert [(f["measure"], f["slice"], f["value"], f["state"]) for f in found] == [
        ("share", "service:TA", 33.0, "value"),
        ("share", "total:ALL", None, "undefined"),
        ("part", "service:TA", 330.0, "value"),
        ("part", "total:ALL", 0.0, "value"),
        ("whole", "service:TA", 1000.0, "value"),
        ("whole", "total:ALL", 0.0, "value"),
        ("days", "service:TA", 12.0, "value"),
        ("days", "total:ALL", None, "undefined"),
    ]


def test_pages_go_on_from_one_indicator_to_the_next(ask):
    query = "first_month=2024-11&last_month=2024-11&unit=0301"
    whole = told(ask(f"/figures?{query}"))
    assert [f["indicator"] for f in whole["items"]].count("concurrent_users") == 4 * 4
    assert whole["count"] == len(whole["items"]) > 4 * 4
    turn = told(ask(f"/figures?{query}&limit=2&offset=15"))["items"]
    assert [f["indicator"] for f in turn] == ["concurrent_users", "technology_first"]
    assert turn == whole["items"][15:17]


def test_zero_and_missing_and_hidden_are_three_states(ask, key):
    _, secret = key(Role.LEADER, "030101")
    query = "/figures?first_month=2024-11&last_month=2024-11"

    def state(unit, of, measure):
        found = told(ask(f"{query}&unit={unit}&slice={of}&measure={measure}", secret))["items"]
        return [(item["value"], item["state"]) for item in found]

    assert state("0301", "service:DT", "vedtak_only") == [(0.0, "value")]
    assert state("0301", "service:DT", "unique_in_month") == [(None, "missing")]
    assert state("030117", "service:TA", "concurrent") == [(None, "suppressed")]


@pytest.mark.parametrize("limit", [1, 7, 24, 100, 2000])
def test_pages_add_up_to_the_whole_in_the_same_order(limit, ask):
    query = "measure=concurrent&measure=device_only&slice=service:TA&last_month=2023-03"
    whole = told(ask(f"/figures?{query}"))["items"]
    assert len(whole) == 2 * 6 * 3
    rows, address = [], f"/figures?{query}&limit={limit}"
    while address:
        found = told(ask(address))
        assert found["count"] == len(whole)
        rows += found["items"]
        following = found["next"] and urlsplit(found["next"])
        address = following and f"{following.path.removeprefix('/api/v1')}?{following.query}"
    assert rows == whole


def test_a_page_says_the_way_back(ask):
    assert told(ask("/months?limit=10"))["previous"] is None
    assert told(ask("/months?limit=12&offset=12"))["next"] is None  # there are 24
    found = told(ask("/months?limit=10&offset=20"))
    assert found["next"] is None
    assert found["previous"] == "http://testserver/api/v1/months?limit=10&offset=10"


def test_only_series_of_the_page_are_read(ask, questions):
    ask("/figures?limit=1")
    questions.clear()
    ask("/figures?limit=24")
    assert sum("FROM figure" in sql for sql in questions) <= 3


def test_files_are_those_of_the_screen(ask, client):
    client.force_login(actions.create_user(username="ser", password="x", given_name="x"))
    address = "/indicators/concurrent_users/figures"
    found = json.loads(ask(f"{address}.json?slice=service:TA&unit=0301").content)
    assert found["id"] == ["measure", "slice", "unit", "geography", "month"]
    assert found["value"][22] == 11482
    rows = pl.read_parquet(io.BytesIO(ask(f"{address}.parquet").content))
    assert rows.shape[0] == 4 * 4 * 6 * 24
    assert ask(f"{address}.csv?unit=030101").content.startswith(b"\xef\xbb\xbf")
    assert ask(f"{address}.xlsx?unit=030101").content.startswith(b"PK")


@pytest.mark.parametrize(
    ("last", "title", "months"),
    [
        ("2024-11", "november 2024", "2024-11"),
        ("2024-12", "november 2024–desember 2024", "2024-11 – 2024-12"),
    ],
)
def test_a_file_says_one_month_once(last, title, months, ask):
    query = f"slice=service:TA&unit=0301&first_month=2024-11&last_month={last}"
    found = ask(f"/indicators/concurrent_users/figures.json?{query}").json()
    assert found["label"] == f"Samtidige brukere: Trygghetsalarm, {title}"
    sheet = CalamineWorkbook.from_filelike(
        io.BytesIO(ask(f"/indicators/concurrent_users/figures.xlsx?{query}").content)
    ).get_sheet_by_name("Om filen")
    assert dict(sheet.to_python())["Måneder"] == months


def test_what_is_to_be_shared_hides_small_counts_of_ones_own_too(ask):
    query = "measure=concurrent&slice=service:TA&unit=030117&first_month=2024-11"
    own = told(ask(f"/figures?{query}"))["items"]
    assert [f["value"] for f in own] == [3.0, 1.0]
    shared = told(ask(f"/figures?{query}&shared=true"))["items"]
    assert [f["state"] for f in shared] == ["suppressed", "suppressed"]
    file = ask(f"/indicators/concurrent_users/figures.json?{query}&shared=true").json()
    assert file["value"] == [None, None]


def test_files_and_rows_tell_the_same_of_what_is_hidden(ask, key):
    _, secret = key(Role.LEADER, "030101")
    query = "measure=concurrent&slice=service:TA&grouping=district"
    rows = told(ask(f"/figures?{query}", secret))["items"]
    content = ask(f"/indicators/concurrent_users/figures.parquet?{query}", secret).content
    in_file = pl.read_parquet(io.BytesIO(content)).select("unit", "month", "value", "state").rows()
    assert [(r["unit"], r["month"], r["value"], r["state"]) for r in rows] == in_file
    assert "suppressed" in {state for *_, state in in_file}


def test_publications_and_what_was_corrected(ask, key):
    found = told(ask("/publications"))
    assert [item["number"] for item in found["items"]] == [2, 1]
    assert told(ask("/publications/1"))["municipality"] == "Oslo"
    corrected = told(ask("/corrections"))["items"]
    assert {(c["unit"], c["month"], c["before"], c["after"]) for c in corrected} == {
        ("0301", "2024-10", 11480.0, 11481.0),
        ("030102", "2024-10", 1.0, 2.0),
    }
    _, secret = key(Role.LEADER, "030101")
    assert {c["unit"] for c in told(ask("/corrections", secret))["items"]} == {"0301"}


def test_an_unchanged_answer_is_not_sent_again(ask, key):
    first = ask("/figures?limit=1")
    tag = first["ETag"]
    assert tag.startswith('"2-')
    assert first["Cache-Control"] == "private, no-cache"
    again = ask("/figures?limit=1", **{"If-None-Match": f'"x", W/{tag}'})
    assert again.status_code == 304
    assert again.content == b""
    assert again["ETag"] == tag
    assert ask("/figures?limit=2", **{"If-None-Match": tag}).status_code == 200
    _, narrower = key(Role.LEADER, "030101")
    assert ask("/figures?limit=1", narrower, **{"If-None-Match": tag}).status_code == 200


def test_another_threshold_is_another_answer(ask, log_in):
    log_in("administrator")
    tag = ask("/months")["ETag"]
    by = User.objects.get(username="administrator")
    thresholds.set_small_cells(threshold=10, by=by)
    assert ask("/months", **{"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize(
    ("address", "status", "says"),
    [
        ("/figures?limit=0", 422, "er for lite"),
        ("/figures?limit=99999", 422, "er for stort"),
        ("/figures?limit=x", 422, "må være et helt tall"),
        ("/figures?geography=mars", 422, "er ikke en av dem som kan velges"),
        ("/figures?first_month=2024-13", 422, "har ikke riktig form"),
        ("/figures?first_month=2024-12&last_month=2024-01", 422, "first_month er etter last_month"),
        ("/figures?tull=1", 422, "«tull» finnes ikke her. Disse finnes: measure, slice, "),
        ("/figures?Limit=1", 422, "«Limit» finnes ikke her."),
        ("/indicators/concurrent_users?limit=1", 422, "Adressen har ingen filtre."),
        ("/indicators/concurrent_users/figures.csv?limit=1", 422, "«limit» finnes ikke her."),
        ("/figures?unit=9999", 422, "Det er ingen «9999»."),
        ("/figures?slice=service:QQ", 422, "Det er ingen «service:QQ»."),
        ("/figures?measure=x", 422, "Det er ingen «x»."),
        ("/figures?indicator=x", 404, "Det er ingen indikator «x»."),
        ("/indicators/x", 404, "Det er ingen indikator «x»."),
        ("/indicators/concurrent_users/figures.ods", 422, "er ikke en av dem som kan velges"),
        (
            "/indicators/concurrent_users/figures.csv?first_month=2030-01",
            422,
            "Ingen tall passer til alle filtrene.",
        ),
        ("/publications/99", 404, "Det er ingen publisering 99."),
        ("/finnes-ikke", 404, "Adressen finnes ikke."),
        ("/indicators/a/b", 404, "Adressen finnes ikke."),
        ("/", 404, "Adressen finnes ikke."),
    ],
)
def test_errors_say_what_is_wrong_in_one_shape(address, status, says, ask):
    answer = ask(address)
    problem = answer.json()
    assert answer["Content-Type"] == "application/problem+json"
    assert (answer.status_code, problem["status"], problem["type"]) == (
        status,
        status,
        "about:blank",
    )
    assert says in json.dumps(problem, ensure_ascii=False)


def test_only_reading_is_allowed(ask, client):
    answer = client.post("/api/v1/figures", headers={"Authorization": f"Bearer {ask.secret}"})
    assert answer.status_code == 405
    assert answer["Allow"] == "GET"
    assert answer.json()["title"] == "Bare GET er tillatt"


def test_nothing_published_is_said(ask, settings, tmp_path):
    settings.VFT_HOME = tmp_path / "ny"
    answer = ask("/figures")
    assert answer.status_code == 404
    assert "Ingen tall er publisert" in answer.json()["detail"]


def test_too_many_questions_are_put_off(ask, monkeypatch):
    few = limits.Limit(name="api", times=2, span=timedelta(minutes=1))
    monkeypatch.setattr(limits, "API", few)
    assert [ask("/months").status_code for _ in range(3)] == [200, 200, 429]
    answer = ask("/months")
    assert 1 <= int(answer["Retry-After"]) <= 60
    assert answer.json()["title"] == "For mange forespørsler"


def test_guessing_at_keys_is_put_off(client, db, monkeypatch):  # noqa: ARG001 - limits need the database
    few = limits.Limit(name="api", times=2, span=timedelta(minutes=1))
    monkeypatch.setattr(limits, "API", few)
    guess = {"Authorization": "Bearer vft_gjettet"}
    found = [client.get("/api/v1/months", headers=guess).status_code for _ in range(3)]
    assert found == [401, 401, 429]
