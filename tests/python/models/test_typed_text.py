"""Links and lists of playlists: SQL and Python read every text alike, and nothing is silent.

made-up texts ──► macros and models on a real database, rules in Python ──► the same values
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from jinja2 import Environment

from loaders import claim_rules, link_rules
from loaders.cell_rules import single_line
from tests.project import PROJECT
from tests.python.support.ledger import Ledger
from tests.python.support.properties.typed_text import link_cells, playlist_cells

MANY = settings(
    max_examples=25,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)
AT_ONCE = 60
MACROS = "".join(path.read_text() for path in sorted(PROJECT.glob("macros/parse/*.sql")))
LINK_RULES: dict[str, Callable[[str], Any]] = {
    "url_kind": link_rules.url_kind,
    "track_id_of_url": link_rules.track_id,
    "sfa_ids": link_rules.sfa_ids,
    "link_doubt": link_rules.link_doubt,
}

pytestmark = pytest.mark.database


def render(text: str) -> str:
    environment = Environment()  # noqa: S701
    environment.globals |= {"ref": lambda model: model, "target": {"schema": "ledger"}}
    # What makes a model read new rows alone does not matter to how a text is read.
    environment.globals |= {"config": lambda **_: "", "unless_known": lambda *_: ""}
    return environment.from_string(MACROS + text).render()


def model(name: str) -> str:
    return render((PROJECT / "models" / "intermediate" / "playlists" / f"{name}.sql").read_text())


def storable(cells: st.SearchStrategy[str]) -> st.SearchStrategy[list[str]]:
    """Texts that a load accepts; a blank one is no cell."""
    kept = cells.filter(
        lambda cell: single_line(cell) and "\0" not in cell and cell.isascii() | _is_utf8(cell)
    )
    return st.lists(kept, min_size=AT_ONCE, max_size=AT_ONCE)


def _is_utf8(text: str) -> bool:
    return text.encode(errors="replace").decode() == text


LINKS = render(
    "select cell, "
    + ", ".join(f"{{{{ {name}('cell') }}}}" for name in LINK_RULES)
    + " from unnest(@) as typed (cell)"
).replace("%", "%%").replace("@)", "%s)", 1)  # fmt: skip


@given(cells=storable(link_cells))
@example(cells=["\r.TBA", "\u00a0.TBA", "a.TBA"])
@MANY
def test_links_are_read_alike_in_sql_and_python(ledger: Ledger, cells: list[str]) -> None:
    for cell, *found in ledger.ask(LINKS, cells):
        expected = [rule(cell) for rule in LINK_RULES.values()]
        assert [tuple(each) if isinstance(each, list) else each for each in found] == expected
        kind, track, _, doubt = expected
        assert bool(track) == (kind == "track")
        if "spotify.com/track/" in cell and kind == "other":
            assert doubt, "a link to a track is neither read nor told"


CLAIMS = f"""
    with stg_airtable__contents as (select unnest(@)::text as playlists),
    int_playlist_texts as materialized ({model("int_playlist_texts")})
    select playlists, name, spotify_playlist_id, is_read, line
    from ({model("int_playlist_lines")}) as lines
""".replace("%", "%%").replace("@)", "%s)", 1)


@given(cells=storable(playlist_cells))
@MANY
def test_playlists_are_read_alike_in_sql_and_python(ledger: Ledger, cells: list[str]) -> None:
    read: dict[str, list[tuple[str, str | None]]] = {cell: [] for cell in cells}
    told: dict[str, set[str]] = {cell: set() for cell in cells}
    for cell, name, playlist, is_read, line in ledger.ask(CLAIMS, cells):
        if name is not None:
            read[cell].append((name, playlist))
        assert name is not None or not is_read, f"{line} is neither a claim nor told"
        if not is_read:
            told[cell].add(line)
    for cell, found in read.items():
        claims = [(claim.name, claim.spotify_playlist_id) for claim in claim_rules.claims(cell)]
        assert sorted(found, key=str) == sorted(claims, key=str), cell
        assert told[cell] == set(claim_rules.unread_lines(cell)), cell
