"""Theoretical potential: what was published for Oslo, and what happens to gaps and coarse ages."""

import pytest

from vft.errors import FileRefused, VftError
from vft.sources.ssb import population
from vft.targets import inputs, provenance, uptake
from vft.targets.potential import potential


def of(found, service, year, unit="0301"):
    [row] = [r for r in found.rows if (r.unit, r.service, r.year) == (unit, service, year)]
    return row


@pytest.fixture(scope="module")
def oslo():
    return potential(inputs.gather())


#: Service, year, published, how far off in percent the prediction from 2023 may be.
PUBLISHED = [
    ("TA", 2030, 27_000, 3),
    ("TA", 2040, 35_500, 3),
    ("DMS", 2030, 5_000, 1),
    ("DMS", 2040, 6_600, 1),
]


@pytest.mark.parametrize(("service", "year", "published", "percent"), PUBLISHED)
def test_oslos_later_potentials_are_predicted_from_2023(oslo, service, year, published, percent):
    row = of(oslo, service, year)
    assert row.mid == pytest.approx(published, rel=percent / 100)
    assert row.published == published
    assert row.deviation_percent == pytest.approx(100 * (row.mid / published - 1))


@pytest.mark.parametrize(("year", "published"), [(2023, 1_000), (2030, 1_500), (2040, 2_000)])
def test_dt_follows_dementia_and_equals_after_rounding_to_500(oslo, year, published):
    assert of(oslo, "DT", year).rounded.mid == published


def test_only_2023_sets_the_level(tmp_path):
    text = provenance.packaged("published_potential.csv").read_text(encoding="utf-8")
    path = tmp_path / "p.csv"
    path.write_text(text.replace(",2030,", ",2031,").replace(",35500,", ",1,"), encoding="utf-8")
    changed = potential(inputs.gather(published=path))
    assert of(changed, "TA", 2040).mid == of(potential(inputs.gather()), "TA", 2040).mid


def test_dho_is_said_not_to_be_explained_by_demography(oslo):
    row = of(oslo, "DHO", 2040)
    assert not row.explained_by_demography
    assert row.by_demography == pytest.approx(1_500 * 1.74, rel=0.01)
    assert row.uptake == pytest.approx(10_000 / 1_500 / 1.74, rel=0.01)
    assert of(oslo, "DHO", 2030).uptake == pytest.approx(1.93, abs=0.01)
    assert any("DHO kan ikke forklares av demografien" in note for note in oslo.notes)
    assert all(of(oslo, service, 2040).explained_by_demography for service in ("TA", "DT", "DMS"))


def test_all_is_an_exercise_and_what_is_estimated_says_how(oslo):
    assert oslo.label == "regneøvelse"
    assert all(row.estimated for row in oslo.rows)
    people = [p for p in oslo.provenance if p.input.startswith("befolkning")]
    assert len(people) == 3
    assert all(p.estimated and p.derivation and p.source for p in people)
    assert "1,38^(1/7)" in people[0].derivation
    kinds = {
        oslo.provenance[i].input.partition(":")[0].partition(",")[0]
        for i in of(oslo, "DT", 2030).inputs
    }
    assert {
        "befolkning 2023",
        "hjemmeboende",
        "forekomst",
        "opptak",
        "publisert potensial",
    } <= kinds


def test_without_variants_low_and_high_are_null_and_not_zero(oslo):
    row = of(oslo, "TA", 2030)
    assert (row.low, row.high, row.rounded.low) == (None, None, None)


#: Two districts by fine ages; in 2030 with three variants, one cell missing.
TWO = """unit;sex;age;year;variant;persons
030101;menn;80-84 år;2023;;100
030101;menn;85-89 år;2023;;50
030101;menn;90 år og eldre;2023;;10
030102;menn;80-84 år;2023;;300
030102;menn;85-89 år;2023;;150
030102;menn;90 år og eldre;2023;;30
030101;menn;80-84 år;2030;lav;90
030101;menn;85-89 år;2030;lav;45
030101;menn;90 år og eldre;2030;lav;9
030101;menn;80-84 år;2030;;200
030101;menn;85-89 år;2030;;100
030101;menn;90 år og eldre;2030;;20
030101;menn;80-84 år;2030;høy;400
030101;menn;85-89 år;2030;høy;200
030101;menn;90 år og eldre;2030;høy;40
030102;menn;80-84 år;2030;;300
030102;menn;85-89 år;2030;;..
030102;menn;90 år og eldre;2030;;0
"""


def computed(tmp_path, text, **choices):
    path = tmp_path / "befolkning.csv"
    path.write_text(text, encoding="utf-8")
    return potential(inputs.gather(population=population.read(path)), **choices)


def test_units_share_the_level_of_the_whole_and_variants_give_low_and_high(tmp_path):
    found = computed(tmp_path, TWO, services=["TA"])
    assert of(found, "TA", 2023, "030101").mid == pytest.approx(5_000)
    assert of(found, "TA", 2023, "030102").mid == pytest.approx(15_000)
    row = of(found, "TA", 2030, "030101")
    assert [row.low, row.mid, row.high] == pytest.approx([4_500, 10_000, 20_000])


def test_a_missing_cell_gives_no_potential_and_says_why(tmp_path):
    row = of(computed(tmp_path, TWO, services=["TA"]), "TA", 2030, "030102")
    assert (row.mid, row.rounded.mid, row.by_demography) == (None, None, None)
    assert "030102 i 2030" in row.reason


def test_a_row_that_is_not_there_is_missing_too(tmp_path):
    without = TWO.replace("030101;menn;90 år og eldre;2030;;20\n", "")
    assert of(computed(tmp_path, without, services=["TA"]), "TA", 2030, "030101").mid is None


def test_nobody_is_a_potential_of_zero(tmp_path):
    nobody = TWO.replace(";..", ";0").replace(
        "030102;menn;80-84 år;2030;;300", "030102;menn;80-84 år;2030;;0"
    )
    assert of(computed(tmp_path, nobody, services=["TA"]), "TA", 2030, "030102").mid == 0


def test_without_the_base_year_there_is_no_level(tmp_path):
    later = "\n".join(line for line in TWO.splitlines() if ";2023;" not in line)
    row = of(computed(tmp_path, later, services=["TA"]), "TA", 2030, "030101")
    assert row.mid is None
    assert "2023" in row.reason


def test_a_unit_that_nothing_is_published_for_has_no_potential(tmp_path):
    row = of(computed(tmp_path, TWO.replace("0301", "5501")), "TA", 2030, "550101")
    assert row.mid is None
    assert "ingen publisert verdi" in row.reason


def test_dementia_weighs_the_oldest_and_single_years_sum_as_groups_do(tmp_path):
    years = [f"0301;{a} år;{y};{n}" for y, n in ((2023, 10), (2030, 20)) for a in range(70, 90)]
    years += ["0301;90 år og eldre;2023;10", "0301;90 år og eldre;2030;40"]
    groups = [
        f"0301;{a}-{a + 4} år;{y};{5 * n}"
        for y, n in ((2023, 10), (2030, 20))
        for a in range(70, 90, 5)
    ]
    groups += years[-2:]
    one, other = (
        computed(tmp_path, "\n".join(["unit;age;year;persons", *rows]), services=["DT"])
        for rows in (years, groups)
    )
    h, q = (0.99, 0.962, 0.905, 0.809, 0.809), (0.056, 0.103, 0.18, 0.326, 0.481)
    base = sum(n * a * b for n, a, b in zip((50, 50, 50, 50, 10), h, q, strict=True))
    later = sum(n * a * b for n, a, b in zip((100, 100, 100, 100, 40), h, q, strict=True))
    assert of(one, "DT", 2030).mid == pytest.approx(1_000 * later / base)
    assert of(other, "DT", 2030).mid == pytest.approx(of(one, "DT", 2030).mid)


def test_an_age_group_that_cannot_be_split_is_refused(tmp_path):
    rows = "".join(f"0301,{g},{y},9\n" for g in ("67-79", "80-92") for y in (2023, 2030))
    with pytest.raises(FileRefused, match=r"for grov for TA: .* enn 80–92 år"):
        computed(tmp_path, f"unit,age,year,persons\n{rows}")
    with pytest.raises(FileRefused, match=r"for grov for DT: .* enn 67–79 år, 80–92 år"):
        computed(tmp_path, f"unit,age,year,persons\n{rows}", services=["DT"])


@pytest.mark.parametrize(
    ("choices", "said"),
    [({"services": ["LOCK"]}, "LOCK har ikke noe opptak"), ({"years": [2035]}, "mangler for 2035")],
)
def test_what_is_not_known_is_said(choices, said):
    with pytest.raises(VftError, match=said):
        potential(inputs.gather(), **choices)


def test_rounding_is_a_choice():
    found = potential(inputs.gather(), services=["TA"], years=[2030], rounding=100)
    assert found.rows[0].rounded.mid == 27_600


#: Kind, rate and ceiling → uptake in 2023, seven and seventeen years on.
CURVES = {
    "constant,,": (1, 1, 1),
    "yearly,0.0048,": (1, 1.0048**7, 1.0048**17),
    "logistic,0.119824,6.6593": (1, 1.9324, 3.8314),
}


@pytest.mark.parametrize(("curve", "expected"), CURVES.items())
def test_uptake_grows_by_its_curve(tmp_path, curve, expected):
    path = tmp_path / "opptak.csv"
    head, first, *_ = provenance.packaged("uptake.csv").read_text(encoding="utf-8").splitlines()
    path.write_text(f"{head}\n{first.replace('constant,,', curve)}\n", encoding="utf-8")
    grown = uptake.read(path)["TA"]
    assert [grown.factor(year, base_year=2023) for year in (2023, 2030, 2040)] == pytest.approx(
        expected, rel=1e-4
    )


def test_a_published_figure_that_is_not_there_is_not_0(tmp_path):
    path = tmp_path / "p.csv"
    text = provenance.packaged("published_potential.csv").read_text(encoding="utf-8")
    path.write_text(text.replace("DT,2023,1000,", "DT,2023,ikke dokumentert,"), encoding="utf-8")
    found = potential(inputs.gather(published=path), services=["DT"], years=[2023]).rows[0]
    assert (found.mid, found.published) == (None, None)
    assert found.reason == "ingen publisert verdi for DT i 2023 setter nivået"


@pytest.mark.parametrize(
    ("curve", "said"),
    [
        ("yearly,-1,", "«-1» er ikke fra −0,50 til 1,00; skriv 0,05 for 5 %"),
        ("yearly,4.8,", "«4.8» er ikke fra −0,50 til 1,00"),
        ("logistic,0.1,0", "«0» er ikke fra 0,01 til 1.000,00; skriv 2 for det dobbelte"),
        ("logistic,,2", "«» er ikke et tall"),
    ],
)
def test_a_curve_must_be_one_that_can_be(tmp_path, curve, said):
    path = tmp_path / "opptak.csv"
    head, first, *_ = provenance.packaged("uptake.csv").read_text(encoding="utf-8").splitlines()
    path.write_text(f"{head}\n{first.replace('constant,,', curve)}\n", encoding="utf-8")
    with pytest.raises(FileRefused, match=said):
        uptake.read(path)


def test_a_published_figure_told_twice_is_refused(tmp_path):
    path = tmp_path / "p.csv"
    text = provenance.packaged("published_potential.csv").read_text(encoding="utf-8")
    path.write_text(f"{text}{text.splitlines()[1]}\n", encoding="utf-8")
    with pytest.raises(FileRefused, match="rad 14: 0301 TA 2023 står også i rad 2"):
        inputs.gather(published=path)


def test_a_service_told_twice_is_refused(tmp_path):
    path = tmp_path / "opptak.csv"
    lines = provenance.packaged("uptake.csv").read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines, lines[2]]), encoding="utf-8")
    with pytest.raises(FileRefused, match="rad 6: DMS står også i rad 3"):
        uptake.read(path)


#: What is written, and instead of what → what is said.
PUBLISHED_FAULTS = {
    (",2023,", ",23,"): "rad 2, kolonnen «year»: «23» er ikke et årstall",
    (",TA,", ",,"): "rad 2, kolonnen «service»: tjenesten er ikke oppgitt",
    ("20000", "20.000"): "rad 2, kolonnen «value»: «20.000» kan leses på to måter",
}


@pytest.mark.parametrize(("change", "said"), PUBLISHED_FAULTS.items())
def test_a_published_figure_that_cannot_be_is_refused_with_its_place(tmp_path, change, said):
    path = tmp_path / "p.csv"
    text = provenance.packaged("published_potential.csv").read_text(encoding="utf-8")
    path.write_text(text.replace(*change, 1), encoding="utf-8")
    with pytest.raises(FileRefused, match=said):
        inputs.gather(published=path)


FAULTS = {
    "uptake.csv": (("constant,,", "kvadratisk,,"), "«kvadratisk» er ikke en av"),
    "home_living.csv": (("0.990", "99"), "«99» er ikke en andel fra 0 til 1"),
    "prevalence.csv": (("75-79 år", "70-79 år"), "overlapper en annen rad"),
    "published_potential.csv": (("2024-01-01", "nylig"), "«nylig» er ikke en dato"),
}
_AS = {"uptake.csv": "uptake_file", "published_potential.csv": "published"}


@pytest.mark.parametrize(("name", "change", "said"), [(n, *f) for n, f in FAULTS.items()])
def test_own_tables_are_refused_with_their_faults(tmp_path, name, change, said):
    path = tmp_path / name
    text = provenance.packaged(name).read_text(encoding="utf-8")
    path.write_text(text.replace(*change), encoding="utf-8")
    with pytest.raises(FileRefused, match=said):
        inputs.gather(**{_AS.get(name, name.removesuffix(".csv")): path})


def test_an_estimate_must_say_how(tmp_path):
    path = tmp_path / "h.csv"
    path.write_text(
        "age,share,valid_from,owner,source,estimated\n80+,0.9,2024-01-01,X,Y,ja\n", encoding="utf-8"
    )
    with pytest.raises(FileRefused, match="det som er anslått, må si hvordan"):
        inputs.gather(home_living=path)
