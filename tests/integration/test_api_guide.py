import re
from html import unescape

import pytest

pytestmark = pytest.mark.usefixtures("home")


def test_every_operation_of_the_contract_is_explained(log_in):
    client = log_in("byleder")
    page = client.get("/api/").content.decode()
    contract = client.get("/api/v1/openapi.json").json()
    assert len(contract["paths"]) == 11
    for address, told in contract["paths"].items():
        assert f"<code>{address}</code>" in page
        assert told["get"]["summary"] in page
    said = set(re.findall(r"<dt><code>(\w+)</code>", page))
    asked = {p["name"] for told in contract["paths"].values() for p in told["get"]["parameters"]}
    assert asked - said == {"limit", "offset"}


def test_the_example_is_answered_with_figures(log_in):
    client = log_in("byleder")
    page = unescape(client.get("/api/").content.decode())
    example = re.search(r'http://testserver(/api/v1/[^"]+)"</code>', page)
    found = client.get(example[1]).json()["items"]
    assert {(f["indicator"], f["grouping"], f["month"]) for f in found} == {
        ("concurrent_users", "district", "2024-11")
    }


def test_states_and_errors_are_explained(log_in):
    page = log_in("byleder").get("/api/").content.decode()
    for words in ("suppressed", "not_documented", "For mange forespørsler", "600 ganger"):
        assert words in page


def test_a_key_is_offered_to_whoever_may_have_one(log_in):
    assert "Lag en nøkkel" in log_in("byleder").get("/api/").content.decode()


def test_an_administrator_is_offered_no_key(log_in):
    assert "Lag en nøkkel" not in log_in("administrator").get("/api/").content.decode()


def test_the_contract_is_written_in_bokmal(log_in):
    contract = log_in("byleder").get("/api/v1/openapi.json").json()
    for told in contract["paths"].values():
        responses = told["get"]["responses"]
        assert set(responses) == {"200", "304", "400", "401", "403", "404", "422", "429"}
        assert responses["429"]["description"] == "For mange forespørsler."
        assert list(responses["404"]["content"]) == ["application/problem+json"]
        assert "ETag" in responses["200"]["headers"]
    files = contract["paths"]["/api/v1/indicators/{indicator}/figures.{ending}"]["get"]
    assert len(files["responses"]["200"]["content"]) == 4
