"""The equipment behind a real figure as a file: no person, and what it costs as a number."""

from datetime import date

import pyarrow as pa
import pytest
from factories import identity
from small_exports import UNITS, vedtak

from vft.access.models import AccessLog, Identity
from vft.access.writes import writing
from vft.indicators import catalogue
from vft.pipeline.home import Home
from vft.pipeline.ingest import ingest
from vft.pipeline.run import refresh_and_publish
from vft.sources.invented import workbook

FEBRUARY = {"Fra": date(2024, 2, 1), "Til": date(2024, 2, 29)}
ALARM = {"Tjeneste": "Trygghetsalarm", "Leverandør": "Nordalarm"}
EQUIPMENT = [
    ALARM
    | {"Utstyrsnr": "D1", "Produkt": "Trygg 1", "Serienr": "S1", "Anskaffet": date(2023, 1, 1)}
    | {"Kassert": None, "Bruker": identity(0), "Utplassert": date(2023, 1, 1)}
    | {"Hentet inn": date(2024, 1, 1)}
    | dict.fromkeys(("Medbruker", "Medbruker fra", "Medbruker til"), "")
    | dict.fromkeys(("Stans fra", "Stans til", "Stans årsak"), ""),
]
INVOICE = [
    ALARM
    | FEBRUARY
    | {"Fakturalinje": line, "Avtale": "", "Utstyrsnr": device, "Enhet": "030101"}
    | {"Produkt": "", "Månedspris": "", "Antall": 1.0, "Beløp": amount}
    for line, device, amount in (("L1", "D1", 610.0), ("L2", "D2", 99.5))
]
FIGURE = "utvalg=total:all&enhet=municipality:0301&maaned=2024-02"


@pytest.fixture
def invoiced(tmp_path, settings, monkeypatch, db):  # noqa: ARG001 - names are kept in the database
    """Two alarms that nobody has are invoiced, one of them on no list."""
    home = Home(tmp_path / "invoiced")
    home.prepare()
    exports = tmp_path / "exports"
    exports.mkdir()
    (exports / "enheter.csv").write_text(UNITS, encoding="utf-8")
    (exports / "gerica_tjenester.csv").write_text(vedtak(), encoding="utf-8")
    equipment, invoice = exports / "utstyrsliste.xlsx", exports / "faktura.xlsx"
    workbook.write(equipment, pa.Table.from_pylist(EQUIPMENT), titles=("x", "x"), sheet="Utstyr")
    workbook.write(invoice, pa.Table.from_pylist(INVOICE), titles=("x",), sheet="Faktura")
    ingest(home, exports)
    with writing():
        Identity.objects.all().delete()
        AccessLog.objects.all().delete()
    monkeypatch.setenv(catalogue.CHOICE, "invoiced_unused,equipment")
    refresh_and_publish(home)
    settings.VFT_HOME = home.root


#: Indicator and measure | the lines of the file.
FILES = {
    ("invoiced_unused", "invoiced_unused"): [
        "Utstyr;Telles som;Detaljer;Beløp (kr)",
        "D1;Fakturert, men ikke i bruk;Nordalarm, Trygg 1, linje L1, 610,00 kr;610,00",
        "D2;Fakturert, men ikke i bruk;Nordalarm, ikke på utstyrslisten, linje L2, 99,50 kr;99,50",
    ],
    ("equipment", "in_stock"): [
        "Utstyr;Telles som;Detaljer",
        "D1;På lager;Trygg 1, Nordalarm, på lager siden 01.01.2024",
    ],
}


@pytest.mark.usefixtures("invoiced")
def test_the_file_has_no_columns_of_persons_and_one_of_kroner_where_there_are_any(log_in):
    client = log_in("controller")
    for (indicator, measure), lines in FILES.items():
        address = f"/indikatorer/{indicator}/rader/?{FIGURE}&maal={measure}"
        answer = client.post(address, {"som": "fil"})
        assert answer.content.decode("utf-8-sig").splitlines() == lines
    assert not AccessLog.objects.exists()
