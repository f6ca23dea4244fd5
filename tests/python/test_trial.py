"""The made-up sample and a person's own files never share a database."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from rich.console import Console

from loaders import sync
from loaders.config import Settings
from loaders.database import open_database, stop_embedded
from loaders.errors import UserError
from loaders.sample import make_sample


@pytest.fixture
def settings(tmp_path, monkeypatch) -> Iterator[Settings]:
    monkeypatch.setattr("loaders.profiles.write_profiles", lambda *_: None)
    settings = Settings(tmp_path / "home", "ledger", None)
    make_sample(settings.home / "sample", 12, 1, 3)
    (tmp_path / "own.csv").write_text("Campaign,Goal\nAda - One,5\nAda - Two,6\n")
    yield settings
    stop_embedded(settings)


def load(settings: Settings, csv=None) -> str:
    said = io.StringIO()
    sync.load_files(settings, Console(file=said, width=200), csv, None, None)
    return said.getvalue()


def names(settings: Settings) -> list[str]:
    with open_database(settings).connect() as opened, opened.cursor() as cursor:
        cursor.execute("select file_name from staging_airtable.files order by loaded_at")
        return [name for (name,) in cursor]


@pytest.mark.database
def test_own_files_take_the_place_of_the_sample_and_keep_it(settings, tmp_path):
    load(settings)
    assert names(settings) == ["campaigns_export.csv"]
    assert "makes room" in load(settings, tmp_path / "own.csv")
    assert names(settings) == ["own.csv"]
    assert "holds yours: nothing to load" in load(settings)
    assert names(settings) == ["own.csv"]


@pytest.mark.database
def test_a_servers_database_with_the_sample_takes_no_own_files(
    settings, database, tmp_path, monkeypatch
):
    other = type(database)(database.parameters, is_embedded=False)
    monkeypatch.setattr(sync, "open_database", lambda _: other)
    load(settings)
    with pytest.raises(UserError, match="holds the made-up sample"):
        load(settings, tmp_path / "own.csv")
