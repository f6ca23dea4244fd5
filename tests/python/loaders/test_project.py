"""Which project folder is used: the named one, else the current folder or one above it."""

import subprocess
import sys

import pytest
from click.testing import CliRunner

from loaders.errors import UserError
from loaders.project import locate_project
from loaders.settings import read_settings
from playledger.cli.main import main
from tests.project import PROJECT


@pytest.fixture
def project(tmp_path):
    folder = tmp_path / "ledger"
    (folder / "models" / "marts").mkdir(parents=True)
    (folder / "dbt_project.yml").write_text('name: playlist_ledger\nversion: "1"\n')
    return folder


@pytest.fixture(autouse=True)
def unnamed(monkeypatch):
    monkeypatch.delenv("PLAYLEDGER_PROJECT", raising=False)
    monkeypatch.delenv("PLAYLEDGER_HOME", raising=False)


def test_a_folder_inside_the_project_finds_it(project, monkeypatch):
    monkeypatch.chdir(project / "models" / "marts")
    assert locate_project(None) == project
    assert read_settings().home == project / ".playledger"


def test_the_named_project_wins_over_the_current_folder(project, monkeypatch):
    monkeypatch.chdir(PROJECT)
    monkeypatch.setenv("PLAYLEDGER_PROJECT", str(project))
    assert read_settings().project == project


def test_another_dbt_project_is_passed_over(project, monkeypatch):
    inner = project / "other"
    inner.mkdir()
    (inner / "dbt_project.yml").write_text("name: something_else\n")
    monkeypatch.chdir(inner)
    assert locate_project(None) == project
    with pytest.raises(UserError, match="is no Playlist Ledger project"):
        locate_project(str(inner))


def test_elsewhere_a_command_says_what_to_do_and_writes_nothing(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["load"])
    assert result.exit_code == 2
    assert "There is no Playlist Ledger project" in result.stderr
    assert "--project DIR" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_command_run_elsewhere_says_which_project_it_uses(project, tmp_path):
    script = "from playledger.cli.main import main; main()"
    command = [sys.executable, "-c", script, "--project", str(project), "config"]
    found = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)  # noqa: S603
    assert found.returncode == 0, found.stderr
    assert found.stderr == f"Project: {project}\n"
    assert str(project) in found.stdout
