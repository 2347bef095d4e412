"""The lists of work on Oversikt: for whom, in which units, and that each leads to its rows."""

import re

import pytest

pytestmark = pytest.mark.usefixtures("home")

VEDTAK_ONLY = "Vedtak uten utstyr som virker"
DEVICE_ONLY = "Utstyr uten gyldig vedtak"


def lists(page):
    """Title → (address, figure) of what stands under Å følge opp."""
    told = page.content.decode().partition('id="oppfolging"')[2].partition("</section>")[0]
    found = re.findall(r'<a href="([^"]+)">([^<]+)</a></dt>\s*<dd><span[^>]*>([^<]+)<', told)
    return {title: (address.replace("&amp;", "&"), figure) for address, title, figure in found}


@pytest.mark.parametrize(
    ("who", "unit", "titles"),
    [
        ("koordinator", "030101", {VEDTAK_ONLY, DEVICE_ONLY}),
        ("koordinator", "030117", set()),  # not hers
        ("saksbehandler", "030101", {VEDTAK_ONLY, DEVICE_ONLY}),
        ("analytiker", "030117", {VEDTAK_ONLY, DEVICE_ONLY}),  # by pseudonym
        ("leder", "030101", set()),  # has no need to see who
        ("controller", "030101", set()),  # equipment and money, not persons
        ("administrator", "030101", set()),
    ],
)
def test_only_who_may_see_the_rows_is_given_the_lists(log_in, who, unit, titles):
    page = log_in(who).get(f"/?enhet=district:{unit}")
    assert page.status_code == 200
    assert set(lists(page)) == titles


def test_a_list_says_its_figure_and_leads_to_its_rows(log_in):
    client = log_in("koordinator")
    address, figure = lists(client.get("/"))[VEDTAK_ONLY]
    page = client.get(address).content.decode()
    assert f'<strong class="explained__figure">{figure}</strong>' in page
    assert "Bare vedtak" in page
    assert re.search(r'<form[^>]*action="/indikatorer/concurrent_users/rader/', page)


@pytest.mark.usefixtures("begun")
def test_a_list_is_there_before_a_month_is_complete_and_says_so(log_in):
    client = log_in("koordinator")
    page = client.get("/")
    address, figure = lists(page)[VEDTAK_ONLY]
    assert "Desember 2024, ikke komplett ennå" in page.content.decode()
    told = f'<strong class="explained__figure">{figure}</strong>'
    assert told in client.get(address).content.decode()
