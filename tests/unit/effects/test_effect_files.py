"""PANEL and ADOPTIONS: rows in any order give the same, and every fault is told in bokmål."""

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
import pytest
from small_panels import tables

from vft.effects import files
from vft.effects.panel import DEAD, INSTITUTION, NEVER
from vft.effects.table import Faults
from vft.errors import FileRefused

LINES = {
    "kari": ([100, 110, None, 130], 2),
    "ola": ([200, 210, 220, 230], None),
}


def _changed(table, **columns):
    for name, values in columns.items():
        place = table.schema.get_field_index(name)
        table = (
            table.append_column(name, pa.array(values))
            if place < 0
            else table.set_column(place, name, pa.array(values))
        )
    return table


def test_a_row_a_recipient_and_a_column_a_period():
    panel = files.from_tables(*tables(LINES))

    assert panel.recipients.tolist() == ["kari", "ola"]
    assert np.array_equal(
        panel.outcome, [[100, 110, np.nan, 130], [200, 210, 220, 230]], equal_nan=True
    )
    assert panel.adopted.tolist() == [2, NEVER]
    assert panel.notes == ("PANEL mangler minutter i 1 rad der mottakeren er til stede.",)


def test_the_order_of_rows_does_not_matter():
    panel, adoptions = tables(LINES)
    turned = panel.take(pa.array([5, 0, 7, 2, 1, 6, 3, 4]))

    one, other = files.from_tables(panel, adoptions), files.from_tables(turned, adoptions)

    assert np.array_equal(one.outcome, other.outcome, equal_nan=True)
    assert np.array_equal(one.present, other.present)


def test_minutes_of_a_period_that_was_not_whole_are_left_out():
    panel, adoptions = tables(LINES)
    present = [True, True, False, True, True, True, True, False]

    read = files.from_tables(_changed(panel, present=present), adoptions)

    assert np.isnan(read.outcome[1, 3])
    assert read.notes == ()


def test_missing_rows_and_periods_are_gaps_and_are_told():
    panel, adoptions = tables(LINES)

    read = files.from_tables(panel.filter(pa.compute.not_equal(panel["period"], 1)), adoptions)

    assert np.isnan(read.outcome[:, 1]).all()
    assert not read.present[:, 1].any()
    assert "PANEL har ingen til stede i periode 1." in read.notes


def test_an_adopter_that_the_panel_does_not_know_is_counted_and_told():
    panel, adoptions = tables(LINES)
    more = pa.concat_tables([adoptions, pa.table({"recipient_id": ["anne"], "period": [3]})])

    read = files.from_tables(panel, more)

    assert read.n_adopters == 2
    assert "Færre enn fem mottakere i ADOPTIONS finnes ikke i PANEL." in read.notes


def test_how_one_left_home_is_read():
    panel, adoptions = tables(LINES)
    exits = [None, None, None, "dead", None, None, None, "institution"]

    read = files.from_tables(_changed(panel, exit=exits), adoptions)

    assert read.exit[:, 3].tolist() == [DEAD, INSTITUTION]
    assert not read.exit[:, :3].any()


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        (
            {"period": [0, 1, 1, 3, 0, 1, 2, 3]},
            "1 rad gjentar mottaker og periode (rad 3: kari i periode 1)",
        ),
        (
            {"period": [0.5, 1, 2, 3, 0, 1, 2, 3]},
            "«period» er ikke et helt tall i 1 rad (rad 1: 0,5)",
        ),
        (
            {"period": [202401, 1, 2, 3, 0, 1, 2, 3]},
            "går fra 0 til 202401; skriv fortløpende nummer",
        ),
        (
            {"outcome": [-4.0, *[1.0] * 7]},
            (
                "«outcome» er ikke mellom 0 og 20\N{NO-BREAK SPACE}160 minutter per uke i 1 rad "
                "(rad 1: −4)"
            ),
        ),
        (
            {"outcome": ["1", "mye", "", "1.5", "-0.5e1", "1.2.3", "x" * 50, "2"]},
            (
                "«outcome» er ikke et tall i 3 rader (rad 2: «mye», rad 6: «1.2.3», "
                f"rad 7: «{'x' * 40}»); skriv tall, eller la feltet være tomt"
            ),
        ),
        ({"outcome": ["100,5", *["1"] * 7]}, "(rad 1: «100,5»); skriv desimaler med punktum"),
        ({"outcome": [[1.0]] * 8}, "«outcome» har lister i feltene; skriv én verdi i hvert felt"),
        ({"unit": [["Nord"]] * 8}, "«unit» har lister i feltene; skriv én verdi i hvert felt"),
        ({"age": [None, *[80.0] * 7]}, "«age» er tom der mottakeren er til stede, i 1 rad (rad 1)"),
        ({"age": [180.0, *[80.0] * 7]}, "«age» er ikke mellom 0 og 120 år"),
        (
            {"present": ["yes", *["true", "Ja", "1", "0"], *["no"] * 3]},
            (
                "«present» er verken ja eller nei i 4 rader (rad 1: «yes», rad 6: «no», "
                "rad 7: «no», rad 8: «no»); skriv ja eller nei"
            ),
        ),
        ({"present": [None, *[True] * 7]}, "«present» er tom i 1 rad (rad 1)"),
        ({"recipient_id": [None, *"abcdefg"]}, "«recipient_id» er tom i 1 rad (rad 1)"),
        (
            {"exit": ["flyttet", *[None] * 7]},
            "«exit» har en ukjent verdi i 1 rad (rad 1: «flyttet»); skriv dead, institution",
        ),
    ],
)
def test_a_fault_of_the_panel_is_told_with_its_row(columns, told):
    panel, adoptions = tables(LINES)

    with pytest.raises(FileRefused) as refused:
        files.from_tables(_changed(panel, **columns), adoptions)

    assert str(refused.value).startswith("PANEL kan ikke brukes:")
    assert told in str(refused.value)


CALENDAR = [20253100, 20253200, 20253300, 20253400]


@pytest.mark.parametrize(
    ("periods", "told"),
    [
        (
            pa.array(CALENDAR * 2),
            (
                "«period» er ikke nummeret på en periode i 8 rader (rad 1: 20253100, rad 2: "
                "20253200, rad 3: 20253300, rad 4: 20253400, rad 5: 20253100 med flere)"
            ),
        ),
        (
            pa.array([0, 1, 2, 3] * 2, pa.int32()).cast(pa.date32()),
            "«period» er ikke tall, men datoer",
        ),
    ],
)
def test_periods_of_the_calendar_are_one_fault(periods, told):
    panel, adoptions = tables(LINES)

    with pytest.raises(FileRefused) as refused:
        files.from_tables(_changed(panel, period=periods), adoptions)

    advice = "; skriv fortløpende nummer på perioder à 28 dager"
    assert str(refused.value).splitlines() == ["PANEL kan ikke brukes:", f"  – {told}{advice}"]


def test_a_row_with_a_fault_repeats_nothing_and_the_others_do():
    panel, adoptions = tables(LINES)

    with pytest.raises(FileRefused) as refused:
        files.from_tables(_changed(panel, period=[0, 0.5, 1.5, 3, 0, 1, 1, 2]), adoptions)

    assert str(refused.value).splitlines()[1:] == [
        "  – «period» er ikke et helt tall i 2 rader (rad 2: 0,5, rad 3: 1,5)",
        "  – 1 rad gjentar mottaker og periode (rad 7: ola i periode 1)",
    ]


def test_yes_and_no_are_read():
    panel, adoptions = tables(LINES)
    told = ["ja", "Nei", "1", "0", "true", "false", "JA", " nei "]

    read = files.from_tables(_changed(panel, present=told), adoptions)

    assert read.present.tolist() == [[True, False, True, False]] * 2


def test_a_column_that_stands_twice_is_refused():
    panel, adoptions = tables(LINES)

    with pytest.raises(FileRefused, match="kolonnen «age» står 2 ganger"):
        files.from_tables(panel.append_column("age", panel["age"]), adoptions)


def test_more_groups_than_codes_can_tell_apart_are_refused(monkeypatch):
    panel, adoptions = tables(LINES)
    monkeypatch.setattr("vft.effects.table.MOST_CODES", 7)
    assert files.from_tables(_changed(panel, segment=[*"abcdefgg"]), adoptions)

    with pytest.raises(FileRefused) as refused:
        files.from_tables(_changed(panel, segment=[*"abcdefgh"]), adoptions)

    assert "«segment» har 8 verdier, og det kan ikke være grupper" in str(refused.value)


def test_all_faults_of_a_file_are_told_at_once():
    panel, adoptions = tables(LINES)
    spoilt = _changed(panel, outcome=[-1.0] * 8, age=[200.0] * 8)

    with pytest.raises(FileRefused) as refused:
        files.from_tables(spoilt, adoptions)

    assert "«outcome»" in str(refused.value)
    assert "«age»" in str(refused.value)


def test_rows_of_csv_are_numbered_as_a_spreadsheet_shows_them(tmp_path):
    head = "recipient_id;period;outcome;unit;segment;age;present"
    rows = ("kari;0;100,5;Nord;a;80;true", "kari;1;1.234;Nord;a;200;true")
    (tmp_path / "p.csv").write_text("\n".join((head, *rows)), encoding="utf-8")
    (tmp_path / "a.csv").write_text("recipient_id;period\nkari;1\n", encoding="utf-8")

    with pytest.raises(FileRefused) as refused:
        files.read(tmp_path / "p.csv", tmp_path / "a.csv")

    assert str(refused.value).splitlines() == [
        "p.csv kan ikke brukes:",
        "  – «outcome» er ikke et tall i 1 rad (rad 3: «1.234»); skriv desimaler med komma",
        "  – «age» er ikke mellom 0 og 120 år i 1 rad (rad 3: 200)",
    ]


def test_ten_faults_are_told_and_how_many_more():
    faults = Faults(name="PANEL")
    for n in range(13):
        faults.add(f"feil {n}")

    with pytest.raises(FileRefused) as refused:
        faults.refuse()

    assert str(refused.value).splitlines()[-2:] == ["  – feil 9", "  – og 3 til"]


def test_missing_columns_are_all_named():
    panel, adoptions = tables(LINES)

    with pytest.raises(FileRefused) as refused:
        files.from_tables(panel.drop_columns(["unit", "present"]), adoptions)

    assert "«unit» mangler" in str(refused.value)
    assert "«present» mangler" in str(refused.value)
    assert "i filen er «recipient_id», «period», «outcome», «segment», «age»" in str(refused.value)
    assert refused.value.kind == "missing_column"


def test_one_who_adopts_twice_is_refused_by_name():
    panel, _ = tables(LINES)
    twice = pa.table({"recipient_id": ["kari", "kari"], "period": [2, 3]})

    with pytest.raises(FileRefused, match=r"gjentar mottaker \(rad 2: kari\)"):
        files.from_tables(panel, twice)


def test_numbers_in_one_file_and_text_in_the_other_are_told():
    panel, _ = tables(LINES)

    with pytest.raises(FileRefused, match="tall i den ene filen og tekst i den andre"):
        files.from_tables(panel, pa.table({"recipient_id": [1], "period": [2]}))


def test_parquet_and_csv_give_the_same(tmp_path):
    panel, adoptions = tables(LINES)
    for name, table in (("p", panel), ("a", adoptions)):
        pyarrow.parquet.write_table(table, tmp_path / f"{name}.parquet")
        pyarrow.csv.write_csv(table, tmp_path / f"{name}.csv")

    one, other = (
        files.read(tmp_path / f"p.{kind}", tmp_path / f"a.{kind}") for kind in ("parquet", "csv")
    )

    assert np.array_equal(one.outcome, other.outcome, equal_nan=True)
    assert one.adopted.tolist() == other.adopted.tolist()


def test_csv_as_excel_writes_it_in_norway_gives_the_same(tmp_path):
    head = "recipient_id;period;outcome;unit;segment;age;present;need_group"
    rows = ("kari;0;100,5;Nord;;80,5;true;", "kari;1;;Nord;a;80,5;true;x")
    (tmp_path / "p.csv").write_text("\r\n".join((head, *rows)), encoding="utf-8-sig")
    (tmp_path / "a.csv").write_text("recipient_id;period\r\nkari;1\r\n", encoding="utf-8-sig")

    panel = files.read(tmp_path / "p.csv", tmp_path / "a.csv")

    assert np.array_equal(panel.outcome, [[100.5, np.nan]], equal_nan=True)
    assert panel.age.tolist() == [[80.5, 80.5]]
    # an empty cell is not given, and no segment of its own
    assert (panel.segments, panel.segment.tolist()) == (("a",), [[-1, 0]])
    assert (panel.labels["need_group"], panel.categories["need_group"].tolist()) == (
        ("x",),
        [[-1, 0]],
    )


HEAD = "recipient_id,period,outcome,unit,segment,age,present"


def _csv(folder, *rows, adoptions="recipient_id,period\n00001,1\n", encoding="utf-8"):
    (folder / "p.csv").write_text("\n".join((HEAD, *rows, "")), encoding=encoding)
    (folder / "a.csv").write_text(adoptions, encoding="utf-8")
    return folder / "p.csv", folder / "a.csv"


def test_recipients_in_csv_are_text_though_they_are_digits(tmp_path):
    long = "1" + "0" * 20
    rows = [f"{who},0,100,Nord,a,80,true" for who in ("00001", "1", long, f"{long[:-1]}1")]

    panel = files.read(*_csv(tmp_path, *rows))

    assert panel.recipients.tolist() == ["00001", "1", long, f"{long[:-1]}1"]
    assert (panel.adopted < NEVER).tolist() == [True, False, False, False]


def test_digits_in_csv_are_the_numbers_of_a_parquet_file(tmp_path):
    panel, _ = _csv(tmp_path, "17,0,100,Nord,a,80,true", "3,0,100,Nord,a,80,true")
    started = pa.table({"recipient_id": [17], "period": [0]})
    pyarrow.parquet.write_table(started, tmp_path / "a.parquet")

    read = files.read(panel, tmp_path / "a.parquet")

    assert (read.recipients.tolist(), read.lost) == (["17", "3"], 0)
    assert read.adopted.tolist() == [0, NEVER]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1252"])
def test_csv_is_read_in_both_encodings(tmp_path, encoding):
    panel = files.read(*_csv(tmp_path, "00001,0,100,Ås,på,80,true", encoding=encoding))

    assert (panel.units, panel.segments) == (("Ås",), ("på",))


def test_text_of_another_kind_is_refused_with_how_to_save_it(tmp_path):
    other = _csv(tmp_path, "00001,0,100,Ås,på,80,true", encoding="utf-16")
    with pytest.raises(FileRefused, match="ikke lagret som UTF-8 eller Windows-1252") as refused:
        files.read(*other)
    assert refused.value.kind == "encoding"

    (tmp_path / "p.csv").write_text(HEAD.replace(",", "\t"), encoding="utf-8")
    with pytest.raises(FileRefused, match="har tabulator mellom feltene") as refused:
        files.read(*other)
    assert refused.value.kind == "delimiter"


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(FileRefused, match="er en mappe") as refused:
        files.read(tmp_path, tmp_path)
    assert refused.value.exit_code == 4


def test_a_csv_row_with_too_many_fields_is_told_in_bokmal(tmp_path):
    (tmp_path / "p.csv").write_text("recipient_id,period\na,1\nb,2,3\n", encoding="utf-8")

    with pytest.raises(FileRefused, match="linje 3 har 3 felt, men overskriften har 2"):
        files.read(tmp_path / "p.csv", tmp_path / "p.csv")


def test_a_file_that_is_not_there_or_of_another_kind_is_told(tmp_path):
    (tmp_path / "p.xlsx").write_bytes(b"x")
    (tmp_path / "p.parquet").write_bytes(b"x")

    for name, told in (("q.parquet", "finnes ikke"), ("p.xlsx", "CSV"), ("p.parquet", "lese")):
        with pytest.raises(FileRefused, match=told) as refused:
            files.read(tmp_path / name, tmp_path / "a.parquet")
        assert refused.value.exit_code == 4
