"""What every chart must be in a page, whatever it shows."""

import os
import re
from datetime import UTC, date, datetime
from xml.etree import ElementTree as ET

import pytest

from vft.disclosure.cell import Cell, State
from vft.tables.period import months_between
from vft.web.charts import bars, multiples, spark, style, svg, trend
from vft.web.charts.trend import Point
from vft.web.wording import Wording

NB = "\N{NO-BREAK SPACE}"
MONTHS = months_between("2023-01", "2024-12")


def shown(value):
    return Cell(value=value, state=State.VALUE)


def hidden():
    return Cell(value=None, state=State.SUPPRESSED)


def points(start, step, *, gap=None):
    return [
        Point(
            month=month,
            cell=hidden() if n == gap else shown(start + step * n),
            complete=n < len(MONTHS) - 1,
        )
        for n, month in enumerate(MONTHS)
    ]


def a_trend(**changes):
    content = {
        "points": points(9000, 100),
        "references": [
            trend.Reference(counted_on=date(2024, 11, 30), value=11500, origin="x"),
            trend.Reference(counted_on=date(2023, 3, 28), value=9050, origin="y"),
        ],
        "annotations": [
            trend.Annotation(starts_on=date(2024, 3, 1), ends_on=None, text="sist"),
            trend.Annotation(starts_on=date(2023, 3, 1), ends_on=None, text="først"),
        ],
        "title": "Alarmer & annet: 11 300",
        "says": "Fra <9 000> til 11 300.",
        "axis": "Samtidige brukere",
    }
    return trend.draw(trend.Trend(**content | changes))


def some_bars():
    return bars.draw(
        bars.Bars(
            bars=[
                bars.Bar(name="Søndre Nordstrand", cell=shown(1200)),
                bars.Bar(name="Alna", cell=shown(9), chosen=True),
                bars.Bar(name="Marka", cell=hidden()),
            ],
            title="t",
            says="s",
            axis="Samtidige brukere",
        )
    )


def some_panels():
    panels = [multiples.Panel(name=f"Enhet {n}", points=points(n, n)) for n in range(7)]
    return multiples.draw(multiples.Multiples(panels=panels, title="t", says="s"))


SHARES = [
    bars.Bar(name="A", cell=shown(42.5), beside="n = 400", interval=(37.7, 47.4)),
    bars.Bar(name="B", cell=shown(25.0), beside="n = 8", interval=(7.1, 59.1), few=True),
    bars.Bar(name="C", cell=Cell(value=None, state=State.UNDEFINED)),
]
PERCENT = Wording(kind="share", unit="prosent", decimals=1)


def some_shares():
    level = bars.Level(name="Oslo", value=40.1)
    return bars.draw(
        bars.Bars(bars=SHARES, title="t", says="s", axis="Andel", wording=PERCENT, level=level)
    )


PICTURES = {
    "trend": a_trend,
    "bars": some_bars,
    "shares": some_shares,
    "multiples": some_panels,
}


def words(drawn):
    root = ET.fromstring(drawn)  # noqa: S314 - made here
    return [t.text for t in root.iter("{http://www.w3.org/2000/svg}text") if t.text]


def places(drawn):
    """Where each text begins and ends across, from the transforms above it."""
    root = ET.fromstring(drawn)  # noqa: S314 - made here
    found = []

    def walk(node, across):
        moved = re.match(r"translate\(([-\d.]+)", node.get("transform", ""))
        here = across + (float(moved[1]) if moved else 0)
        if node.tag.endswith("text") and node.text:
            width = style.text_width(node.text, float(node.get("font-size", "12")[:-2]))
            shift = {"end": width, "middle": width / 2}.get(node.get("text-anchor"), 0)
            found.append((node.text, here - shift, here - shift + width))
        for child in node:
            walk(child, here)

    walk(root, 0)
    return found


@pytest.mark.parametrize("kind", PICTURES)
@pytest.mark.parametrize("variant", ["wide", "narrow"])
def test_a_picture_is_one_image_with_title_and_description(kind, variant):
    drawn = getattr(PICTURES[kind](), variant)
    root = ET.fromstring(drawn)  # noqa: S314 - made here
    told = [e.get("id") for e in root if e.tag.endswith(("title", "desc"))]
    assert root.get("role") == "img"
    assert root.get("aria-labelledby").split() == told
    assert root.get("viewBox").split()[2] == str(
        {"wide": style.WIDE, "narrow": style.NARROW}[variant]
    )
    assert not re.findall(r"\s(style|aria-label|aria-roledescription|onclick)=", drawn)
    assert "<style" not in drawn
    assert "script" not in drawn


@pytest.mark.parametrize("kind", PICTURES)
def test_both_variants_hold_the_same_figures_and_no_id_twice(kind):
    picture = PICTURES[kind]()
    ids = re.findall(r'\sid="([^"]+)"', picture.wide + picture.narrow)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("kind", PICTURES)
@pytest.mark.parametrize("variant", ["wide", "narrow"])
def test_no_word_is_cut_at_the_edge(kind, variant):
    drawn = getattr(PICTURES[kind](), variant)
    width = {"wide": style.WIDE, "narrow": style.NARROW}[variant]
    outside = [p for p in places(drawn) if p[1] < -4 or p[2] > width + 6]
    assert outside == []


def test_texts_are_escaped():
    drawn = a_trend().wide
    assert "Alarmer &amp; annet" in drawn
    assert "Fra &lt;9 000&gt; til" in drawn


def test_the_last_complete_month_is_named_and_the_incomplete_one_is_not():
    said = words(a_trend().wide)
    assert "11\N{NO-BREAK SPACE}200" in said  # November
    assert "11\N{NO-BREAK SPACE}300" not in said  # December, which is not complete
    assert "ikke komplett" in said
    assert "publisert 11\N{NO-BREAK SPACE}500" in said


def test_annotations_are_numbered_in_time():
    notes = [
        trend.Annotation(starts_on=date(2024, 3, 1), ends_on=None, text="sist"),
        trend.Annotation(starts_on=date(2023, 3, 1), ends_on=None, text="først"),
    ]
    drawn = trend.Trend(
        points=points(1, 1), references=[], annotations=notes, title="", says="", axis=""
    )
    assert [n.text for n in drawn.notes] == ["først", "sist"]


@pytest.mark.parametrize("variant", ["wide", "narrow"])
@pytest.mark.parametrize(
    ("starts_on", "ends_on", "months"),
    [
        (date(2023, 9, 1), date(2023, 11, 30), 3),
        (date(2022, 9, 1), date(2023, 2, 28), 2),  # begun before the axis: only what it shows
        (date(2024, 11, 1), date(2025, 6, 30), 2),
        (date(2022, 9, 1), date(2022, 11, 30), 0),
        (date(2023, 9, 1), None, 0),
    ],
)
def test_an_annotation_that_lasted_is_a_field_over_its_months(starts_on, ends_on, months, variant):
    note = trend.Annotation(starts_on=starts_on, ends_on=ends_on, text="")
    drawn = getattr(a_trend(annotations=[note], references=[]), variant)
    one_month = field_widths(drawn, style.BAND)
    found = field_widths(drawn, style.PERIOD)
    assert found == pytest.approx([months * one_month[0]] if months else [], abs=0.1)
    assert ("1" in words(drawn)) == (months > 0 or ends_on is None)


def field_widths(drawn, colour):
    path = rf'd="M([-\d.]+),[-\d.]+h([-\d.]+)[^"]*" fill="{colour}"'
    return [abs(float(width)) for _left, width in re.findall(path, drawn)]


def test_a_hidden_month_breaks_the_line_and_its_figure_is_nowhere():
    whole = a_trend(points=points(9000, 100), references=[]).wide
    broken = a_trend(points=points(9000, 100, gap=5), references=[]).wide
    assert longest_path(broken).count("M") == longest_path(whole).count("M") + 1


def longest_path(drawn):
    return max(re.findall(r' d="([^"]+)" stroke="#0062BA"', drawn), key=len)


def test_a_hidden_bar_says_so():
    assert "skjult" in words(some_bars().wide)


def test_a_picture_is_kept_by_its_content_and_a_reader_who_sees_less_has_another(home):
    first = a_trend()
    svg._held.clear()
    assert a_trend() == first
    files = set((home / "cache" / "charts").iterdir())
    assert len(files) == 2
    a_trend(points=points(9000, 100, gap=5))
    assert len(set((home / "cache" / "charts").iterdir())) == 4


def test_a_line_beside_a_sentence_is_passed_by():
    drawn = spark.draw(points(1, 1))
    assert 'aria-hidden="true"' in drawn
    assert "role=" not in drawn
    assert spark.draw(points(1, 1)[:1]) is None


@pytest.mark.parametrize("variant", ["wide", "narrow"])
def test_a_single_month_is_a_point_with_its_figure_and_no_line(variant):
    alone = a_trend(points=points(7, 0)[:1], references=[], annotations=[])
    drawn = getattr(alone, variant)
    assert "7" in words(drawn)
    assert "jan 2023" in words(drawn)
    assert measured_points(drawn) == 1
    assert re.findall(r' d="[^"]*L[^"]*" stroke="#0062BA"', drawn) == []


@pytest.mark.parametrize("variant", ["wide", "narrow"])
def test_a_series_without_figures_is_axes_alone(variant):
    nothing = a_trend(
        points=[Point(month="2024-01", cell=hidden(), complete=True)],
        references=[],
        annotations=[],
    )
    drawn = getattr(nothing, variant)
    assert sorted(words(drawn)) == ["0", "1", "Samtidige brukere", "jan 2024", "■"]
    assert measured_points(drawn) == 0


@pytest.mark.parametrize(
    ("figures", "begins"), [((29, 27), 0), ((6, 9), 0), ((34, 31), 31), ((9000, 9400), 9000)]
)
def test_few_are_measured_from_zero_and_many_where_they_move(figures, begins):
    line = [
        Point(month=m, cell=shown(n), complete=True) for m, n in zip(MONTHS, figures, strict=False)
    ]
    drawn = trend.Trend(points=line, references=[], annotations=[], title="", says="", axis="")
    assert drawn.ticks[0] == begins


def test_the_panel_looked_at_stands_out_where_there_is_one():
    def colours(*chosen):
        panels = [
            multiples.Panel(name=name, points=points(5, 1), chosen=name in chosen) for name in "abc"
        ]
        drawn = multiples.draw(multiples.Multiples(panels=panels, title="t", says="s")).wide
        return re.findall(r' stroke="(#0062BA|#8DB5DC)"', drawn)

    assert colours() == [style.MEASURED] * 3
    assert sorted(colours("b")) == [style.MEASURED, style.BESIDE, style.BESIDE]


def test_a_figure_between_two_hidden_months_is_a_point():
    cells = [shown(5), hidden(), shown(6), hidden(), shown(7), shown(8), shown(9)]
    line = [Point(month=m, cell=c, complete=True) for m, c in zip(MONTHS, cells, strict=False)]
    assert [p.cell.value for p in trend.lone(line)] == [5, 6]
    drawn = a_trend(points=line, references=[], annotations=[])
    assert measured_points(drawn.wide) == 3
    panel = multiples.Panel(name="a", points=line)
    small = multiples.draw(multiples.Multiples(panels=[panel], title="t", says="s"))
    assert measured_points(small.wide) == 3


@pytest.mark.parametrize("state", trend.MARKS)
def test_a_month_without_a_figure_has_the_mark_of_its_kind_and_no_figure(state):
    none = Cell(value=None, state=state)
    cells = [shown(5), none, none, shown(8)]
    line = [Point(month=m, cell=c, complete=True) for m, c in zip(MONTHS, cells, strict=False)]
    said = words(a_trend(points=line, references=[], annotations=[]).wide)
    assert [word for word in said if word in trend.MARKS.values()] == [trend.MARKS[state]] * 2


@pytest.mark.parametrize("variant", ["wide", "narrow"])
def test_another_unit_is_a_dashed_line_that_is_named_where_there_is_room(variant):
    other = trend.Line(name="Alna", points=points(8000, 50))
    drawn = getattr(a_trend(name="Oslo", other=other, references=[]), variant)
    assert len(re.findall(r'stroke="#545E6B"[^>]*stroke-dasharray="6,3"', drawn)) == 1
    assert (f"Alna 9{NB}100" in words(drawn)) == (variant == "wide")
    assert (f"Oslo 11{NB}200" in words(drawn)) == (variant == "wide")


def test_limits_are_a_band_and_a_signal_is_ringed():
    limits = [
        trend.Limit(month=m, centre=9500, lower=9000, upper=10000, is_signal=m == "2024-11")
        for m in MONTHS
    ]
    drawn = a_trend(limits=limits, references=[], annotations=[]).wide
    assert style.USUAL in drawn
    assert drawn.count(f'stroke="{style.INK}"') == 1
    assert style.USUAL not in a_trend(references=[], annotations=[]).wide


@pytest.mark.parametrize("variant", ["wide", "narrow"])
def test_a_share_has_how_many_it_is_of_and_its_interval(variant):
    drawn = getattr(some_shares(), variant)
    said = words(drawn)
    assert f"42,5{NB}% (n = 400)" in said
    assert f"Oslo 40,1{NB}%" in said
    assert "lar seg ikke regne ut" in said
    assert drawn.count(f'fill="{style.FEW}"') == 1


def test_a_bar_may_reach_below_zero():
    net = [bars.Bar(name="A", cell=shown(12)), bars.Bar(name="B", cell=shown(-5))]
    drawn = bars.draw(bars.Bars(bars=net, title="t", says="s", axis="Netto")).wide
    assert {"12", "−5"} <= set(words(drawn))


def measured_points(drawn):
    return len(re.findall(r'<path [^>]*fill="#0062BA"', drawn))


def test_pictures_from_before_a_moment_are_let_go_of(settings, tmp_path):
    settings.VFT_HOME = tmp_path
    kept = tmp_path / "cache" / "charts"
    kept.mkdir(parents=True)
    for name, drawn_at in (("old", 1_000), ("new", 3_000)):
        (kept / f"{name}.svg").write_text("<svg/>")
        os.utime(kept / f"{name}.svg", (drawn_at, drawn_at))
    svg.clear(before=datetime.fromtimestamp(2_000, UTC))
    assert [file.name for file in kept.glob("*.svg")] == ["new.svg"]
