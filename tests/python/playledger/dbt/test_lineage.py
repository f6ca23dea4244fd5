"""What `make docs` makes of the built ledger: dbt's documentation, and the lineage of columns."""

import asyncio
import json
from collections import defaultdict
from pathlib import Path

import pytest
from playwright.async_api import async_playwright

from loaders.errors import UserError
from playledger.dbt.lineage import write_lineage
from tests.project import PROJECT

pytestmark = [pytest.mark.database, pytest.mark.browser]

# Columns of the tables that come from no cell: stamps, a count of rows, what people type in, and
# who found an SFA URL, a word that the rule says.
STAMPED = {"created_at", "updated_at"}
OF_THEMSELVES = {*STAMPED, "campaign_count", "phone", "contact_person", "sfa_source"}
EXAMPLES = {
    "campaigns.sfa_url": {
        "staging_airtable.campaigns.sfa",
        "staging_spotify.roster_songs.sfa_url",
        "sfa_decisions.sfa_url",
    },
    "campaigns.status": {"staging_airtable.campaigns.status", "campaign_statuses.status"},
    "campaigns.salespeople": {
        "staging_airtable.campaigns.salesperson",
        "salesperson_aliases.name",
    },
    "clients.emails": {"staging_airtable.campaigns.client_email"},
    "campaign_playlists.streams_28d": {"staging_spotify.scraped_playlists.streams"},
    "data_issues.raw_value": {
        "staging_airtable.campaigns.goal",
        "staging_airtable.campaigns.extra",
    },
    "spotify_campaigns.notes": {"staging_airtable.campaigns.notes"},
}


@pytest.fixture(scope="module")
def docs(ledger):
    """dbt's target folder after what `make docs` runs before it serves."""
    from dbt.cli.main import dbtRunner

    target = ledger.home / "target"
    folders = {
        "project-dir": PROJECT,
        "profiles-dir": ledger.home,
        "target-path": target,
        "log-path": ledger.home / "logs",
    }
    options = [f"--{name}={folder}" for name, folder in folders.items()]
    made = dbtRunner().invoke(["--quiet", "docs", "generate", "--static", *options])
    assert made.success, made.exception
    return target


@pytest.fixture(scope="module")
def lineage(docs):
    return write_lineage(docs)


@pytest.fixture(scope="module")
def origins(lineage):
    """Column (`table.column`) → the columns that it is made of, directly."""
    found = defaultdict(set)
    content = json.loads((lineage.page.parent / "colibri-manifest.json").read_text())
    for edge in content["lineage"]["edges"]:
        if edge.get("sourceColumn"):
            target, source = (edge[side].split(".", 2)[2] for side in ("target", "source"))
            found[f"{target}.{edge['targetColumn']}"].add(f"{source}.{edge['sourceColumn']}")
    return found


def traced(origins, column):
    """Every column that one is made of, however far back."""
    seen, left = set(), [column]
    while left:
        for origin in origins.get(left.pop(), ()):
            if origin not in seen:
                seen.add(origin)
                left.append(origin)
    return seen


def test_every_table_of_the_ledger_is_in_the_catalog(docs, ledger):
    catalog = json.loads((docs / "catalog.json").read_text())
    tables = catalog["nodes"] | catalog["sources"]
    known = {node["metadata"]["name"] for node in tables.values()}
    there = {
        name
        for (name,) in ledger.ask(
            "select table_name from information_schema.tables where table_schema like 'ledger%%' "
            "or table_schema = 'app'"
        )
    }
    assert there - known == set()


def test_every_column_can_be_read(lineage):
    assert lineage.errors == []
    assert lineage.links > 1000


@pytest.mark.parametrize("column", EXAMPLES)
def test_a_column_leads_back_to_the_cells_that_it_is_read_from(origins, column):
    assert EXAMPLES[column] - traced(origins, column) == set()


def test_every_column_of_the_tables_leads_back_to_a_file_or_a_seed(docs, origins):
    manifest = json.loads((docs / "manifest.json").read_text())
    given = {
        f"{node.get('source_name', '')}.{node['name']}".lstrip(".")
        for node in [*manifest["sources"].values(), *manifest["nodes"].values()]
        if node["resource_type"] in ("source", "seed")
    }
    # Rows of `campaign_sightings` are written by a hook, which is no query of the model.
    given.add("campaign_sightings")
    lost = [
        f"{node['name']}.{column}"
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model" and node["access"] == "public"
        for column in node["columns"]
        if column not in OF_THEMSELVES
        and not given
        & {origin.rpartition(".")[0] for origin in traced(origins, f"{node['name']}.{column}")}
    ]
    assert lost == []


def test_without_what_dbt_makes_the_sentence_says_what_to_run(tmp_path):
    with pytest.raises(UserError, match=r"manifest\.json is missing\. Run `make docs`"):
        write_lineage(tmp_path)


def test_both_pages_show_the_ledger_lead_to_each_other_and_fetch_nothing(docs, lineage, chromium):
    pages = {
        docs / "static_index.html": ("The playlist ledger", "columns/index.html"),
        lineage.page: ("playlist_ledger", "../index.html"),
    }
    asked = asyncio.run(_visit(pages, chromium))
    assert {address.partition(":")[0] for address in asked} <= {"file", "data", "blob"}


async def _visit(pages: dict[Path, tuple[str, str]], chromium) -> list[str]:
    """Open pages, see to it that each shows its text and its link; every address asked for."""
    asked: list[str] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=chromium.path, args=chromium.arguments
        )
        for path, (text, link) in pages.items():
            page = await browser.new_page()
            page.on("request", lambda request: asked.append(request.url))
            await page.goto(path.as_uri())
            await page.get_by_text(text).first.wait_for()
            await page.locator(f'a[href="{link}"]').first.wait_for()
            await page.wait_for_load_state("networkidle")
        await browser.close()
    return asked
