"""Total resources with the municipality's own prices: from its file, through the lake, a week."""

from datetime import date

import pytest

from vft.commands.effect_prices import known, prices
from vft.errors import VftError
from vft.lake import manifest
from vft.pipeline.home import Home
from vft.pipeline.ingest import ingest

PRICES = """
pris;navn;beløp;per;timebegrep;tid_på_døgnet;prisår;fra_dato;til_dato;kilde;eier
home-care-hour-paid;Hjemmehjelp;600,00;time;betalt;alle;2023;2023-01-01;2024-01-01;Budsjett;KØF
home-care-hour-paid;Hjemmehjelp;660,00;time;betalt;alle;2024;2024-01-01;;Budsjett;KØF
""".lstrip()


@pytest.fixture
def home(tmp_path, monkeypatch, db):  # noqa: ARG001 - identities are written there
    monkeypatch.setenv("VFT_HOME", str(tmp_path / "home"))
    made = Home.here()
    made.prepare()
    return made


def test_the_lakes_price_of_the_day_goes_before_the_packaged_and_the_place_is_packaged(
    home, tmp_path
):
    folder = tmp_path / f"exports {manifest.latest(home.lake).number}"
    folder.mkdir()
    (folder / "enhetspriser.csv").write_text(PRICES, encoding="utf-8")
    assert [d.status for d in ingest(home, folder).deliveries] == ["loaded"]
    listed = known(file=None, from_lake=True)

    assert [one.value for one in listed if one.price == "home-care-hour-paid"] == [600, 660]

    found = prices(
        hour="home-care-hour-paid",
        institution="nursing-home-place",
        known=listed,
        on=date(2024, 6, 1),
    )

    assert found.minute == pytest.approx(11.0)
    assert "660,00 kr" in found.told[0]
    assert "Sykehjemsplass" in found.told[1]
    with pytest.raises(VftError, match="Velg med --on"):
        prices(hour="home-care-hour-paid", institution="nursing-home-place", known=listed, on=None)


@pytest.mark.usefixtures("home")
def test_a_lake_without_prices_is_told():
    with pytest.raises(VftError, match="Det er ikke noe datalager i"):
        known(file=None, from_lake=True)
