import pytest

from vft.errors import MappingError
from vft.sources import mapping

UNITS = """
[source]
id = "by.enheter"
title = "Enheter"
files = ["enheter*.csv"]
[format]
kind = "csv"
[[table]]
name = "units"
[table.columns]
code = "Kode"
name = "Namn"
level = { column = "Nivå", codes = "level" }
starts_on = { value = 2020-01-01 }
[codes.level]
"kommune" = "municipality"
"ukjend" = ""
"""


def parsed(text=UNITS):
    return mapping.parse(text, name="enheter.toml")


def refusal(old, new):
    assert old in UNITS
    with pytest.raises(MappingError) as caught:
        parsed(UNITS.replace(old, new))
    return str(caught.value)


def test_a_mapping_that_agrees_with_the_contract_is_read():
    found = parsed()
    assert found.vendor_columns == ("Kode", "Namn", "Nivå")
    assert found.vendor_column("units", "level") == "Nivå"
    assert found.vendor_column("units", "starts_on") is None
    assert found.format.delimiter == ";"
    assert found.source.refuse_above == 0.2


# key before → key after → what the message must say
DISAGREEMENTS = [
    (
        'name = "units"',
        'name = "unit"',
        "nr. 1 (unit): det finnes ingen slik kontrakt. Mente du «units»?",
    ),
    ('code = "Kode"', 'kode = "Kode"', "«units» har ingen slik kolonne. Mente du «code»?"),
    ('code = "Kode"', "", "kolonnen code (Kode) er en del av nøkkelen, men er ikke tilordnet"),
    ('name = "Namn"', "", "kolonnen name (Navn) er påkrevd, men er ikke tilordnet"),
    ('codes = "level"', 'codes = "levle"', "kodelisten «levle» finnes ikke. Mente du «level»?"),
    ('"municipality"', '"city"', "«level» oversetter «kommune» til «city», som ikke er lov her"),
    ('{ column = "Nivå", codes = "level" }', '"Nivå"', "[codes.level]: ingen kolonne bruker"),
    ("2020-01-01", '"i dag"', "columns.starts_on: den faste verdien 'i dag' er ikke av typen dato"),
    ("{ value = 2020-01-01 }", "{ }", "columns.starts_on: oppgi enten column"),
    ("value = 2020-01-01", 'column = "Fra", decimal = ","', "decimal passer ikke for en kolonne"),
    ("value = 2020-01-01", 'column = "Fra", date = "dd.mm.yy"', "starts_on.date: må inneholde dd"),
    ("value = 2020-01-01", 'column = "Fra", ends = "inclusive"', "ends gjelder bare ends_on"),
    ('kind = "csv"', 'kind = "csv"\ndelimeter = ","', "format.delimeter: ukjent nøkkel"),
    ('kind = "csv"', 'kind = "xml"', "format.kind: må være 'csv', 'excel' eller 'parquet'"),
    ('kind = "csv"', "", "format.kind: mangler"),
    ('kind = "csv"', 'kind = "csv"\ndelimiter = "||"', "format.delimiter: må være ett tegn"),
    ('["enheter*.csv"]', "[]", "source.files: må ha minst ett innslag"),
    ('id = "by.enheter"', 'id = "By Enheter"', "source.id: må bestå av små bokstaver"),
    ('title = "Enheter"', "title = Enheter", "er ikke gyldig TOML: linje 4, tegn 9: verdien"),
]


@pytest.mark.parametrize(("old", "new", "says"), DISAGREEMENTS)
def test_each_disagreement_is_named_with_its_key_and_how_to_mend_it(old, new, says):
    message = refusal(old, new)
    assert message.startswith("Tilordningen enheter.toml")
    assert says in message


def test_a_code_list_may_only_name_services_that_exist():
    vedtak = """
    source = { id = "x", title = "x", files = ["x"] }
    format = { kind = "csv" }
    codes.s.TRYGG = "ALARM"
    [[table]]
    name = "vedtak"
    [table.columns]
    vedtak_id = "A"
    recipient_id = "B"
    service = { column = "C", codes = "s" }
    status = { value = "granted" }
    starts_on = "D"
    """
    with pytest.raises(MappingError, match=r"«TRYGG» til «ALARM», som ikke er lov her. Lov er: TA"):
        parsed(vedtak)


def test_all_disagreements_come_at_once():
    message = refusal('code = "Kode"\nname = "Namn"', "")
    assert message.count("–") == 2


def test_the_fingerprint_follows_meaning_and_not_layout():
    assert parsed().sha256 == parsed("# en merknad\n" + UNITS).sha256
    assert parsed().sha256 != parsed(UNITS.replace('"Namn"', '"Navn"')).sha256


def test_files_are_matched_by_name_and_the_closest_pattern_wins(tmp_path):
    every = parsed(UNITS.replace("enheter*.csv", "*.csv").replace("by.enheter", "alle"))
    mappings = {"alle": every, "by.enheter": parsed()}
    assert mapping.choose(tmp_path / "ENHETER_2024.CSV", mappings) == mappings["by.enheter"]
    assert mapping.choose(tmp_path / "annet.csv", mappings) == every
    assert mapping.choose(tmp_path / "annet.xlsx", mappings) is None
    twins = {"a": parsed(), "b": parsed()}
    with pytest.raises(MappingError, match="passer like godt til a og b"):
        mapping.choose(tmp_path / "enheter.csv", twins)


def test_files_that_are_no_mapping_are_refused_in_words(tmp_path):
    latin = tmp_path / "latin.toml"
    latin.write_bytes(UNITS.encode("windows-1252"))
    with pytest.raises(MappingError, match=r"latin.toml er ikke lagret som UTF-8"):
        mapping.load(latin)
    with pytest.raises(MappingError, match=r"borte.toml kan ikke åpnes"):
        mapping.load(tmp_path / "borte.toml")


def test_two_sources_may_not_share_an_id(tmp_path):
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text(UNITS, encoding="utf-8")
    with pytest.raises(MappingError, match=r"b.toml: source.id = «by.enheter» er brukt"):
        mapping.load_folder(tmp_path)


def test_the_ready_mappings_agree_with_the_contracts():
    assert all(found.source.id == source for source, found in mapping.ready().items())
