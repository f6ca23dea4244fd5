"""The models by layer and stage as a table, and one flowchart for each story that they tell.

    target/manifest.json ──► read_manifest() ──► render_map() ──► docs/lineage.md

Reads what dbt parsed, and asks no database. The flowcharts are Mermaid, which GitHub draws.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from typing import Any

import orjson

from loaders.errors import UserError

# From the files to their readers: a model reads its own layer and those before it.
LAYERS = ("staging", "matching", "intermediate", "marts", "quality", "history", "app")
# Tags beside the stages: `claims` cuts across them, `issues` is a part of the verification.
CLAIMS, ISSUES = "claims", "issues"
SHAPES = {"model": '(["{}"])', "seed": '[("{}")]', "source": '[/"{}"/]'}
INTRODUCTION = """\
# The lineage of the models

Written by `python -m playledger.cli.model_map` from dbt's manifest; a test fails when it is out of
date. `make docs` shows the same with descriptions and columns.

## All models

The layers stand in the order of the data, from the files to their readers. A model reads its own
layer and those to the left, never one to the right. The stages are those of `playledger sync`.

"""
LEGEND = """
## Stories

Each flowchart shows the models of one tag, in the colour of their layer, and what they read
directly: models of other stories (rounded), seeds (cylinders) and loaded tables (slanted). A table
also depends on those that its foreign keys reference.
"""


@dataclass(frozen=True, slots=True)
class Box:
    """A model, seed or source: `layer` is its top folder, `parents` the ids of what it reads."""

    unique_id: str
    name: str
    kind: str
    layer: str
    stage: str
    tags: frozenset[str]
    color: str
    parents: tuple[str, ...]

    @property
    def id(self) -> str:
        """A name for Mermaid, where dots have a meaning; a seed may be called like a model."""
        return self.name.replace(".", "__") + ("" if self.kind == "model" else f"_{self.kind}")


def read_manifest(target: Path) -> dict[str, Any]:
    """dbt's manifest in its target folder. Raises UserError when it is missing."""
    path = target / "manifest.json"
    if not path.is_file():
        raise UserError(f"{path} is missing. Run `dbt parse`, which writes it.")
    return orjson.loads(path.read_bytes())


def read_boxes(manifest: Mapping[str, Any]) -> dict[str, Box]:
    """Every model, seed and source of a manifest, by its unique id."""
    boxes = {}
    nodes = [*manifest["nodes"].values(), *manifest["sources"].values()]
    for node in sorted(nodes, key=itemgetter("unique_id")):
        name, kind, config = node["name"], node["resource_type"], node["config"]
        if kind in SHAPES:
            boxes[node["unique_id"]] = Box(
                node["unique_id"],
                f"{node['source_name']}.{name}" if kind == "source" else name,
                kind,
                Path(node["path"]).parts[0] if kind == "model" else kind,
                config.get("meta", {}).get("stage", ""),
                frozenset(node.get("tags", ())),
                (config.get("docs") or {}).get("node_color") or "#ffffff",
                tuple(node.get("depends_on", {}).get("nodes", ())),
            )
    return boxes


def render_map(manifest: Mapping[str, Any], stages: Mapping[str, str]) -> str:
    """The page as Markdown; `stages` has the titles of the stages in their order, by name."""
    boxes = read_boxes(manifest)
    models = [box for box in boxes.values() if box.kind == "model"]
    parts = [INTRODUCTION + _table(models, stages), LEGEND]
    for tag, title in {**stages, CLAIMS: "Claims", ISSUES: "Issues"}.items():
        story = [model for model in models if tag in model.tags]
        if tag in stages:
            story = [model for model in story if ISSUES not in model.tags]
        if story:
            parts.append(f"\n### {title}\n\n`dbt ls --select tag:{tag}`\n\n")
            parts.append(_flowchart(story, boxes))
    return "".join(parts)


def _table(models: Iterable[Box], stages: Mapping[str, str]) -> str:
    """Stages as rows and layers as columns, with the names of the models."""
    cells: dict[tuple[str, str], list[str]] = {}
    for model in models:
        cells.setdefault((model.stage, model.layer), []).append(f"`{model.name}`")
    lines = ["| | " + " | ".join(LAYERS) + " |", "|---" * (len(LAYERS) + 1) + "|"]
    for stage, title in stages.items():
        row = ["<br>".join(cells.get((stage, layer), ())) for layer in LAYERS]
        if any(row):
            lines.append(f"| **{title}** | " + " | ".join(row) + " |")
    return "\n".join([*lines, ""])


def _flowchart(story: list[Box], boxes: Mapping[str, Box]) -> str:
    """Some models, each layer in a frame of its own, with what they read directly."""
    own = {model.unique_id for model in story}
    inputs = [boxes[name] for name in {name for model in story for name in model.parents} - own]
    lines = ["```mermaid", "flowchart LR"]
    for box in sorted(inputs, key=lambda box: (box.kind, box.name)):
        lines.append(f"  {box.id}{SHAPES[box.kind].format(box.name)}:::other")
    for layer in LAYERS:
        if members := [model for model in story if model.layer == layer]:
            frame = [f"    {model.id}[{model.name}]:::{layer}" for model in members]
            lines += [f"  subgraph in_{layer} [{layer}]", *frame, "  end"]
            lines.append(f"  style in_{layer} fill:none,stroke:#999999")
            lines.append(f"  classDef {layer} fill:{members[0].color},color:#ffffff")
    lines.append("  classDef other fill:#f4f4f4,stroke:#999999,color:#333333")
    for model in story:
        lines += [f"  {boxes[name].id} --> {model.id}" for name in sorted(model.parents)]
    return "\n".join([*lines, "```", ""])
