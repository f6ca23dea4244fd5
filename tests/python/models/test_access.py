"""Who may read which model: groups, access, and exposures that name what `loaders/` asks for."""

import re

import pytest

from tests.project import PROJECT

# The tables of the contract.
PUBLIC = {
    "campaigns",
    "campaign_clients",
    "campaign_groups",
    "campaign_playlists",
    "clients",
    "playlist_streams",
    "playlists",
    "songs",
    "vendors",
}

# Exposure → the Python modules that ask for it.
ASKED_BY = {
    "pages": ["playledger/web/**/*.py"],
    "report": ["playledger/audit/*.py", "playledger/web/static_report.py"],
    "review": ["playledger/review/sfa_prompt.py", "playledger/review/name_queue.py"],
    "scrape_work_list": ["playledger/sync/scrape_targets.py"],
}
ASKED = re.compile(
    r"(?:from|join)\s+"
    r"(?:\{(?:ledger|quality|app|intermediate|dataset|schema)\}|staging_\w+|ledger(?:_quality)?)"
    r"\.(\w+)"
)


def models(manifest, *folders):
    found = [
        node
        for node in manifest.nodes.values()
        if node.resource_type == "model" and node.path.split("/")[0] in folders
    ]
    assert found, folders
    return found


def named(manifest, exposure):
    """The names of the tables that an exposure stands on."""
    return {name.rpartition(".")[2] for name in manifest.exposures[exposure].depends_on.nodes}


def test_only_the_tables_of_the_contract_are_public(manifest):
    public = {
        node.name for node in manifest.nodes.values() if getattr(node, "access", "") == "public"
    }
    assert public == PUBLIC


def test_staging_and_intermediate_models_are_private_but_for_the_work_list(manifest):
    open_ones = {
        node.name
        for node in models(manifest, "staging", "intermediate")
        if node.access != "private"
    }
    work_list = named(manifest, "exposure.playlist_ledger.scrape_work_list")
    assert open_ones == {"int_campaigns", "date_orders"}  # a live table, which the account reads
    assert open_ones - {"date_orders"} <= work_list


def test_dbt_refuses_a_view_of_the_web_application_that_reads_a_private_model(manifest):
    private = [
        node for node in models(manifest, "staging", "intermediate") if node.access == "private"
    ]
    for view in models(manifest, "app"):
        assert all(manifest.is_invalid_private_ref(view, node, {}) for node in private), view.name
    for mart in models(manifest, "marts"):
        assert not any(manifest.is_invalid_private_ref(mart, node, {}) for node in private)


@pytest.mark.parametrize("exposure", ASKED_BY)
def test_an_exposure_names_every_table_that_its_queries_read(manifest, exposure):
    report = {*PROJECT.glob("playledger/web/static_report.py")}
    modules = {path for place in ASKED_BY[exposure] for path in PROJECT.glob(place)}
    modules -= report if exposure == "pages" else set()
    asked = {name for path in modules for name in ASKED.findall(path.read_text("utf-8"))}
    assert asked
    assert asked - named(manifest, f"exposure.playlist_ledger.{exposure}") == set()


def test_the_web_application_stands_on_the_views_of_its_schema(manifest):
    views = {node.name for node in models(manifest, "app")}
    assert named(manifest, "exposure.playlist_ledger.web_application") == views


def test_every_public_table_is_read_by_somebody(manifest):
    read = set().union(*(named(manifest, exposure) for exposure in manifest.exposures))
    assert PUBLIC - read == set()
