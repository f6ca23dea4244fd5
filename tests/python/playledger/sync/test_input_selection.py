"""The made-up sample and a person's own files never share a database."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator

import pytest
from rich.console import Console

from loaders.database import open_database
from loaders.embedded_postgres import stop_embedded
from loaders.errors import UserError
from loaders.export_order import NO_OVERRIDES
from loaders.settings import Settings
from playledger.sync.load_step import load_inputs
from playledger.sync.options import InputOptions
from sample import make_sample
from tests.python.playledger.audit.test_account import write_roster, write_scrape


@pytest.fixture
def settings(tmp_path, monkeypatch) -> Iterator[Settings]:
    monkeypatch.setattr("playledger.sync.load_step.write_profiles", lambda *_: None)
    settings = Settings(tmp_path / "home", "ledger", None)
    make_sample(settings.home / "sample", 12, 1, 3)
    (tmp_path / "own.csv").write_text("Campaign,Goal\nAda - One,5\nAda - Two,6\n")
    yield settings
    stop_embedded(settings)


def load(settings: Settings, csv=None, database=None) -> str:
    said = io.StringIO()
    place = database or open_database(settings), settings, Console(file=said, width=200)
    load_inputs(InputOptions(csv).find(), *place, NO_OVERRIDES)
    return said.getvalue()


def names(settings: Settings, dataset: str = "airtable") -> list[str]:
    with open_database(settings).connect() as conn, conn.cursor() as cursor:
        cursor.execute(f"select file_name from staging_{dataset}.files")
        return sorted(name for (name,) in cursor)


@pytest.mark.database
def test_own_files_take_the_place_of_the_sample_and_keep_it(settings, tmp_path):
    load(settings)
    assert names(settings) == ["campaigns_export.csv"]
    assert "replace the made-up sample" in load(settings, tmp_path / "own.csv")
    assert names(settings) == ["own.csv"]
    assert "holds your own: nothing to load" in load(settings)
    assert names(settings) == ["own.csv"]


@pytest.mark.database
def test_a_servers_database_with_the_sample_takes_no_own_files(settings, database, tmp_path):
    server = type(database)(database.parameters, is_embedded=False)
    load(settings, database=server)
    with pytest.raises(UserError, match="holds the made-up sample"):
        load(settings, tmp_path / "own.csv", server)


def scrape_run(settings: Settings, run: str, time: str) -> None:
    """A song and a roster result, as a run of the scraper leaves them."""
    folder = settings.home / "scrape"
    for collection in ("streams", "sfa"):
        (folder / collection / run / "results").mkdir(parents=True)
    song = folder / "streams" / run / "results" / "song.json"
    write_scrape(song, schema_version="1", scraped_at=time)
    write_roster(folder / "sfa" / run / "results" / "label.json", "Ada - One", run)


@pytest.mark.database
def test_results_of_scraping_go_beside_whatever_is_there(settings, tmp_path):
    scrape_run(settings, "20251101T000000Z", "2025-11-01T01:00:00")
    said = load(settings)
    assert "replace the made-up sample" not in said
    assert names(settings, "spotify") == sorted(
        ["label.json", "song.json", *sample_names(settings)]
    )

    # They do not make the sample a person's own, there or gone.
    shutil.rmtree(settings.home / "scrape" / "sfa")
    assert "your own" not in load(settings)
    assert len(names(settings, "spotify")) == 2 + len(sample_names(settings))

    # What was scraped for the sample goes with it; what nobody has loaded comes in.
    scrape_run(settings, "20251102T000000Z", "2025-11-02T01:00:00")
    assert "replace the made-up sample" in load(settings, tmp_path / "own.csv")
    assert names(settings) == ["own.csv"]
    assert names(settings, "spotify") == ["label.json", "song.json"]
    aside = settings.home / "sample" / "scrape" / "streams" / "20251101T000000Z"
    assert (aside / "results" / "song.json").exists()

    # Beside own files only what is new is loaded, and told.
    assert "holds your own: nothing to load" in load(settings)
    scrape_run(settings, "20251103T000000Z", "2025-11-03T01:00:00")
    assert "loading 1 scraped song and 1 roster result of your own scrapes" in load(settings)
    assert names(settings) == ["own.csv"]
    assert names(settings, "spotify") == ["label.json"] * 2 + ["song.json"] * 2
    assert "nothing to load" in load(settings)


def sample_names(settings: Settings) -> list[str]:
    folders = (settings.home / "sample" / name for name in ("roster", "scraped"))
    return sorted(path.name for folder in folders for path in folder.iterdir())
