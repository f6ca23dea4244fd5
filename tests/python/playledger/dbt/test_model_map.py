"""`docs/lineage.md`: every model is in it, and it is that of the project as it is now."""

from __future__ import annotations

import re

import pytest

from loaders.errors import UserError
from playledger.dbt.model_map import read_boxes, read_manifest, render_map
from playledger.runs.stages import STAGES
from tests.project import PROJECT

TITLES = {stage.name: stage.title for stage in STAGES}


@pytest.fixture(scope="module")
def content(manifest):
    """The manifest as dbt writes it to `manifest.json`."""
    return manifest.writable_manifest().to_dict(omit_none=True)


@pytest.fixture(scope="module")
def page(content) -> str:
    return render_map(content, TITLES)


def test_the_committed_page_is_that_of_the_models_as_they_are_now(page):
    committed = (PROJECT / "docs" / "lineage.md").read_text("utf-8")
    assert committed == page, "Run `dbt parse` and `python -m playledger.cli.model_map`."


def test_every_model_is_once_in_the_table_and_in_a_picture_of_its_own_story(content, page):
    names = {box.name for box in read_boxes(content).values() if box.kind == "model"}
    table, *pictures = re.split(r"^## Stories$|^### ", page, flags=re.MULTILINE)
    assert sorted(re.findall(r"`(\w+)`(?=<br>| \|)", table)) == sorted(names)
    drawn = {name for text in pictures for name in re.findall(r"^    (\w+)\[", text, re.MULTILINE)}
    assert drawn == names


def test_each_arrow_of_a_picture_joins_boxes_that_it_has(page):
    pictures = re.findall(r"```mermaid\n(.*?)```", page, re.DOTALL)
    assert len(pictures) > len(TITLES) - 1
    for picture in pictures:
        boxes = set(re.findall(r"^ +(\w+)[\[(]", picture, re.MULTILINE))
        arrows = re.findall(r"^  (\w+) --> (\w+)$", picture, re.MULTILINE)
        assert arrows
        assert {end for arrow in arrows for end in arrow} - boxes == set()


def test_without_a_manifest_the_error_says_what_to_run(tmp_path):
    with pytest.raises(UserError, match=r"manifest\.json is missing\. Run `dbt parse`"):
        read_manifest(tmp_path)
