"""Records of measurements: kept, compared, and shown as tables, charts and a page. No times."""

import math
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from bench.chart import Scale, svg_of
from bench.costs import Build, Cost
from bench.pages import with_section, write_pages
from bench.record import Limit, Ratio, Record, read_record
from bench.tables import lines_of

SVG = "{http://www.w3.org/2000/svg}"
PAGE = "# Performance\n\n<!-- growth: begin -->\nold\n<!-- growth: end -->\n\nWords stay.\n"


@pytest.fixture
def record():
    made = Record("growth", "campaigns")
    for size, seconds in ((1_000, (4.0, 2.0, 9.0)), (100_000, (100.0, 200.0, 300.0))):
        for each in seconds:
            nodes = {"model campaigns": each / 4, "test <all> & none": each / 2}
            made.figure("first build", size).add(Build(each, each / 2, each, size, 7, nodes))
        made.nodes[str(size)] = nodes
    made.figure("first load", 1_000).add(Cost(1.0, 0.5))
    made.figure("first build", 1_000).changed = 9
    made.compare(
        [
            Limit("as the list", ("first build", 100_000), ("first build", 1_000), 110),
            Limit("in seconds", ("first load", 1_000), None, 10),
            Limit("not measured", ("first build", 5), ("first build", 1_000), 1),
        ]
    )
    return made


def test_a_ratio_compares_medians_and_leaves_out_what_was_not_measured(record):
    assert record.ratios == [Ratio("as the list", 50, 50, 110), Ratio("in seconds", 1, 0.5, 10)]


def test_a_record_is_read_as_it_was_kept(record, tmp_path):
    file = tmp_path / "folder" / "growth.json"
    record.save(file)
    assert read_record(file) == record
    assert record.machine
    assert len(record.measured_on) == len("2026-01-01")


def test_the_table_has_medians_ratios_and_the_slowest_nodes_first(record):
    lines = list(lines_of(record))
    build = next(line for line in lines if line.startswith("first build") and " 1,000 " in line)
    assert build.split()[2:] == ["1,000", "4.00", "2.00", "9.00", "2.0", "1,000", "7", "of", "9"]
    assert any(
        line.split() == ["as", "the", "list", "50.000", "50.000", "110.00"] for line in lines
    )
    nodes = [line.split()[0] for line in lines if line.startswith("  ")]
    assert nodes == ["test", "model", "test", "model"]


def test_the_chart_has_a_line_for_each_kind_of_work_and_a_dot_for_each_size(record):
    drawn = ElementTree.fromstring(svg_of(record))  # noqa: S314 (our own)
    dots = [dot.find(f"{SVG}title").text for dot in drawn.iter(f"{SVG}circle")]
    assert dots == [
        "first build, 1,000: 4.0 s",
        "first build, 100,000: 200.0 s",
        "first load, 1,000: 1.0 s",
    ]
    heights = [float(dot.get("cy")) for dot in drawn.iter(f"{SVG}circle")]
    assert heights[1] < heights[0] < heights[2]  # y grows downward


def test_the_names_of_lines_that_end_together_stand_apart():
    record = Record("weeks", "week")
    for work in ("load", "build", "sync"):
        for week in (2, 52):
            record.figure(work, week).add(Cost(10.0, 1.0))
    drawn = ElementTree.fromstring(svg_of(record))  # noqa: S314 (our own)
    names = [text for text in drawn.iter(f"{SVG}text") if text.get("fill")]
    places = sorted(float(name.get("y")) for name in names)
    assert [name.text for name in names] == ["load", "build", "sync"]
    assert min(after - before for before, after in pairwise(places)) >= 12


def test_a_logarithmic_scale_gives_a_factor_the_same_length_everywhere():
    scale = Scale(1, 1_000, 0, 300, is_log=True)
    assert [scale.place(value) for value in (1, 10, 1_000)] == pytest.approx([0, 100, 300])
    assert math.isclose(Scale(0, 50, 400, 0, is_log=False).place(25), 200)


def test_a_section_of_the_page_is_written_again_and_the_rest_stays(record, tmp_path):
    page, file = tmp_path / "performance.md", tmp_path / "kept.json"
    page.write_text(PAGE, "utf-8")
    record.save(file)
    for _ in range(2):
        list(write_pages([file], page))
    text = page.read_text("utf-8")
    assert "old" not in text
    assert text.endswith("Words stay.\n")
    assert text.count("| as the list | 50.000 | 50.000 | 110 |") == 1
    assert "| first build | 1,000 | 4.0 (2.0 to 9.0) | 2.0 | 1,000 | 7 (9 rows changed) |" in text
    folder = tmp_path / "performance"
    assert read_record(folder / "growth.json") == record
    assert (folder / "growth.svg").read_text("utf-8") == svg_of(record)


def test_a_page_without_a_place_for_the_section_is_refused(record):
    with pytest.raises(SystemExit, match="growth: begin"):
        with_section("# Performance\n", record)
