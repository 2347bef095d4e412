"""The journeys of the first rooms, each page looked at wide and narrow with axe."""

import re

import pytest
from playwright.sync_api import expect


def test_a_leader_goes_from_overview_to_scaling(log_in, accessible, picture):
    page = log_in("byleder")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_text("Ikke målt ennå")).to_have_count(4)
    accessible()
    picture("oversikt")
    picture("oversikt-smal", width=390)
    page.get_by_role("link", name="Trygghetsalarm").click()
    expect(page).to_have_title(re.compile("Skalering: Samtidige brukere, Trygghetsalarm"))
    for summary in page.get_by_text("Vis tallene som tabell").all():
        summary.click()
    accessible()
    page.reload()
    picture("skalering")
    picture("skalering-smal", width=390)


def test_a_filter_takes_effect_at_once_and_the_address_can_be_sent_on(log_in, site):
    page = log_in("byleder")
    page.goto(f"{site.address}/skalering/")
    page.get_by_label("Tjeneste").select_option(label="Digitalt tilsyn")
    expect(page.locator("#utvikling")).to_contain_text("Digitalt tilsyn")
    expect(page).to_have_url(re.compile("utvalg=service%3ADT"))
    page.reload()
    expect(page.locator("#utvikling")).to_contain_text("Digitalt tilsyn")
    page.go_back()
    expect(page.get_by_label("Tjeneste")).not_to_have_value("service:DT")


#: An indicator of each kind: a share, a median, a sum of money, a rate, a net count, products.
KINDS = {
    "technology_first": "Teknologi først",
    "lead_time": "Ledetid",
    "invoiced_unused": "Fakturert",
    "alarms_per_active": "Alarmer",
    "flows": "Nye og avsluttede brukere",
    "product_mix": "Produkter i bruk",
    "care_time": "Tid i hjemmetjenesten",
}


@pytest.mark.parametrize("indicator", KINDS)
def test_every_kind_of_indicator_is_shown_wide_and_narrow(
    indicator, log_in, site, accessible, looked_at
):
    page = log_in("byleder")
    page.goto(f"{site.address}/skalering/?indikator={indicator}")
    expect(page.get_by_role("heading", level=1)).to_contain_text(KINDS[indicator])
    accessible()
    looked_at(f"skalering-{indicator}")


def test_another_indicator_brings_its_own_question_measures_and_title(log_in, site):
    page = log_in("byleder")
    page.goto(f"{site.address}/skalering/")
    page.get_by_label("Indikator").focus()
    page.get_by_label("Indikator").select_option(value="lead_time")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ledetid")
    expect(page).to_have_title(re.compile("Skalering: Ledetid"))
    expect(page.get_by_label("Indikator")).to_be_focused()
    page.get_by_label("Mål").select_option(label="I gang innen 14 dager")
    expect(page.locator("#utvikling")).to_contain_text("I gang innen 14 dager")
    expect(page.get_by_text("Fant ikke")).to_have_count(0)


def test_a_view_is_saved_found_again_and_removed(log_in, site, accessible):
    page = log_in("byleder")
    page.goto(f"{site.address}/skalering/?indikator=lead_time&periode=12")
    page.get_by_label("Lagre det du ser nå som").fill("Ventetid siste år")
    page.get_by_role("button", name="Lagre visningen").click()
    accessible()
    page.get_by_role("link", name="Ventetid siste år", exact=True).click()
    expect(page).to_have_url(re.compile("indikator=lead_time.*periode=12"))
    page.goto(f"{site.address}/lagrede-visninger/")
    page.get_by_text("Endre eller slett Ventetid siste år").click()
    page.get_by_role("button", name="Slett visningen").click()
    expect(page.get_by_text("Du har ikke lagret noen visning ennå")).to_be_visible()


def test_the_file_is_downloaded(log_in, site):
    page = log_in("byleder")
    page.goto(f"{site.address}/skalering/")
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV", exact=True).click()
    content = download.value.path().read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert "Samtidige brukere" in content.decode()


@pytest.mark.parametrize(
    ("door", "name"),
    [
        ("Status", "datagrunnlag"),
        ("Leveranser", "leveranser"),
        ("Avviste rader", "avviste-rader"),
        ("Rettelser", None),
        ("EPJ mot leverandør", "registre"),
    ],
)
def test_an_analyst_follows_the_figures_to_their_sources(door, name, log_in, accessible, picture):
    page = log_in("analytiker")
    page.get_by_role("link", name="Datagrunnlag", exact=True).click()
    page.get_by_role("navigation", name="Datagrunnlag").get_by_role("link", name=door).click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    accessible()
    if name:
        picture(name)


def test_an_analyst_uploads_a_correction_and_watches_it_being_read(
    log_in, site, accessible, picture
):
    page = log_in("analytiker")
    page.get_by_role("link", name="Last opp", exact=True).click()
    accessible()
    page.get_by_role("button", name="Last opp").click()
    expect(page.get_by_role("alert")).to_be_focused()
    accessible()
    picture("last-opp-feil")
    file = site.exports / "corrections" / "gerica_tjenester_rettelser.csv"
    page.get_by_label("Eksportfil").set_input_files(file)
    page.get_by_role("button", name="Last opp").click()
    expect(page.get_by_role("status")).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text("Filen er lest inn", timeout=120_000)
    expect(page.get_by_text("Rader lest")).to_be_visible()
    accessible()
    picture("last-opp")


def test_a_coordinator_is_two_clicks_from_the_names(log_in, site, accessible):
    page = log_in("koordinator.bydel")
    page.goto(f"{site.address}/datagrunnlag/registre/?tjeneste=service:DHO")
    page.get_by_role("link", name="Vis hvem").first.click()
    accessible()
    page.get_by_role("button", name="Vis navn").click()
    expect(page.get_by_role("alert")).to_be_focused()
    accessible()
    page.get_by_label("Formål").fill("Rydde i registrene")
    page.get_by_role("button", name="Vis navn").click()
    expect(page.get_by_text("Innsynet er logget")).to_be_visible()
    accessible()


#: Every page that stands by itself and no journey above comes to, and as whom it is opened.
PAGES = [
    ("koordinator.bydel", "/indikatorer/"),
    ("koordinator.bydel", "/indikatorer/considered/"),
    ("koordinator.bydel", "/indikatorer/invoiced_unused/?maal=unused_amount"),
    ("koordinator.bydel", "/datagrunnlag/rettelser/"),
    ("koordinator.bydel", "/lagrede-visninger/"),
    ("koordinator.bydel", "/min-bruker/"),
    ("koordinator.bydel", "/min-bruker/passord/"),
    ("koordinator.bydel", "/min-bruker/nokler/ny/"),
    ("koordinator.bydel", "/administrasjon/merknader/ny/"),
    ("administrator", "/"),
    ("administrator", "/administrasjon/brukere/"),
    ("administrator", "/administrasjon/brukere/ny/"),
    ("administrator", "/administrasjon/roller/"),
    ("administrator", "/administrasjon/innsyn/"),
    ("administrator", "/administrasjon/endringer/"),
    ("administrator", "/administrasjon/smaa-tall/"),
    ("administrator", "/administrasjon/merknader/"),
    ("administrator", "/administrasjon/tilordninger/"),
]


@pytest.mark.parametrize("door", PAGES, ids=" ".join)
def test_every_page_is_for_everyone(door, log_in, site, accessible, looked_at):
    who, address = door
    page = log_in(who)
    answer = page.goto(f"{site.address}{address}")
    assert answer.status == 200
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    accessible()
    looked_at(re.sub(r"\W+", "-", f"{who}{address}").strip("-"))


def test_a_coordinator_goes_from_oversikt_to_the_rows_behind(log_in, accessible, looked_at):
    page = log_in("koordinator.bydel")
    page.get_by_role("link", name="Vedtak uten utstyr som virker").click()
    page.get_by_label("Formål").fill("Finne ut hvorfor utstyret mangler")
    accessible()
    page.get_by_role("button", name="Vis radene").click()
    expect(page.get_by_text("Innsynet er logget med formålet")).to_be_visible()
    accessible()
    looked_at("radene-bak")


def test_someone_else_is_told_that_she_may_not(log_in, site, accessible):
    page = log_in("byleder")
    page.goto(f"{site.address}/last-opp/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Du har ikke tilgang til dette")
    accessible()


def test_what_everyone_can_read(page, site, accessible):
    for address in ("/logg-inn/", "/tilgjengelighet/"):
        page.goto(site.address + address)
        accessible()


def test_the_api_is_explained_to_those_who_make_programs(log_in, site, accessible):
    page = log_in("analytiker")
    page.goto(f"{site.address}/api/")
    page.get_by_text("Tall, en rad for hvert").click()
    expect(page.get_by_text("Fra og med måneden, som 2024-01.").first).to_be_visible()
    accessible()


def test_the_first_press_of_tab_offers_the_content(log_in):
    page = log_in("byleder")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Hopp til innholdet")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_twice_the_size_reaches_past_no_edge(log_in, site):
    page = log_in("byleder")
    page.set_viewport_size({"width": 640, "height": 450})
    for address in (
        "/",
        "/skalering/",
        "/lagrede-visninger/",
        "/datagrunnlag/",
        "/datagrunnlag/leveranser/",
    ):
        page.goto(site.address + address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 640


def test_everything_works_without_javascript(browser, site):
    context = browser.new_context(java_script_enabled=False, locale="nb-NO")
    page = context.new_page()
    page.goto(f"{site.address}/logg-inn/")
    page.get_by_label("Brukernavn").fill("analytiker")
    page.get_by_label("Passord").fill(site.passwords["analytiker"])
    page.get_by_role("button", name="Logg inn").click()
    page.goto(f"{site.address}/skalering/")
    page.get_by_label("Tjeneste").select_option(label="Digitalt tilsyn")
    page.get_by_role("button", name="Vis", exact=True).click()
    expect(page.locator("#utvikling")).to_contain_text("Digitalt tilsyn")
    page.goto(f"{site.address}/last-opp/")
    page.get_by_label("Eksportfil").set_input_files(
        site.exports / "corrections" / "dispenserlogg_rettelser.csv"
    )
    page.get_by_role("button", name="Last opp").click()
    expect(page.get_by_role("status")).to_contain_text(
        re.compile("Filen er lest inn|Nøyaktig den samme"), timeout=120_000
    )
    context.close()
