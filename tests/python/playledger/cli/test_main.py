"""The command line: exit codes, one clear sentence when it fails, and never a traceback."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from psycopg2.errors import UndefinedTable

import playledger.dbt.profiles
from playledger.cli.exit_codes import exit_code
from playledger.cli.main import main
from tests.python.support.publishing import url_of

EXPORT = b"Campaign,Goal\nA - B,1\n"


@pytest.fixture
def home(tmp_path, monkeypatch) -> Path:
    """PLAYLEDGER_HOME, with a DATABASE_URL at which nobody listens."""
    monkeypatch.setenv("PLAYLEDGER_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("DATABASE_URL", "postgresql://ada:pa55word@127.0.0.1:9/agency")
    monkeypatch.setattr(playledger.dbt.profiles.write_profiles, "__defaults__", (tmp_path,))
    return tmp_path / "home"


@pytest.fixture
def with_database(home, database, monkeypatch) -> Path:
    """The same with a DATABASE_URL that answers."""
    monkeypatch.setenv("DATABASE_URL", url_of(database))
    return home


def run(*arguments: object) -> Result:
    result = CliRunner().invoke(main, [str(each) for each in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert "Traceback" not in result.output
    return result


def refusal(*arguments: object) -> str:
    """What a command says that does nothing: exit code 2, a sentence, nothing else."""
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    return result.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["load", "--cvs", "x"], "'--csv'?"),
        (["load", "--csv"], "requires an argument"),
        (["load", "x.csv"], "unexpected extra argument"),
        (["sample", "--out"], "requires an argument"),
        (["sample", "--out", "x", "--campaigns", "many"], "not a valid integer"),
        (["profile"], "Missing argument 'EXPORT'"),
    ],
)
def test_a_wrong_word_is_told(arguments, says):
    message = refusal(*arguments)
    assert "Error: " in message
    assert says in message


def test_the_start_of_the_command_line_is_light():
    heavy = ("dlt", "dbt", "pandas", "pyarrow", "psycopg2", "rich", "faker", "dotenv")
    script = (
        f"import sys, playledger.cli.main; print([name for name in {heavy} if name in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)  # noqa: S603
    assert (found.stdout, found.stderr) == ("[]\n", "")


def test_the_installed_command_answers():
    command = Path(sys.executable).parent / "playledger"
    wrong = subprocess.run([command, "lod"], capture_output=True, text=True)  # noqa: S603
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert "No such command 'lod'" in wrong.stderr


@pytest.mark.parametrize("option", ["--csv", "--scraped", "--roster"])
def test_a_file_that_is_not_there_is_named(home, tmp_path, option):
    path = tmp_path / "no such.file"
    assert refusal("load", option, path) == (
        f"There is no file or folder {path}. Nothing was loaded.\n"
    )


@pytest.mark.parametrize(
    ("options", "suffix"),
    [
        (["load", "--csv"], ".csv"),
        (["load", "--scraped"], ".json"),
        (["load", "--roster"], ".json"),
        (["profile"], ".csv"),
    ],
)
def test_a_folder_without_files_is_named(home, tmp_path, options, suffix):
    folder = tmp_path / "in"
    (folder / f"folder{suffix}").mkdir(parents=True)
    (folder / f"._hidden{suffix}").write_text("x")
    (folder / "notes.txt").write_text("x")
    assert refusal(*options, folder) == (
        f"The folder {folder} holds no {suffix} file. Nothing was loaded.\n"
    )


@pytest.mark.parametrize("option", ["--csv", "--scraped"])
def test_a_file_that_cannot_be_read_is_told(home, tmp_path, monkeypatch, option):
    path = tmp_path / "shut"
    path.write_bytes(EXPORT)
    opened = Path.open

    def refuse(self, *arguments, **options):
        if self == path:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(self))
        return opened(self, *arguments, **options)

    monkeypatch.setattr(Path, "open", refuse)
    assert refusal("load", option, path) == (
        f"{path} cannot be read: Permission denied. Nothing was loaded.\n"
    )


def test_a_place_that_cannot_be_looked_at_is_told(home):
    path = "x" * 5000
    assert refusal("load", "--csv", path) == (
        f"{path} cannot be searched: File name too long. Nothing was loaded.\n"
    )


def test_a_file_that_is_no_export_is_told_before_anything_else(home, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.csv").write_bytes(EXPORT)
    (folder / "b.CSV").write_bytes(b"PK\x03\x04")
    assert refusal("load", "--csv", folder).startswith("b.CSV is an Excel workbook or an archive")


def test_a_database_that_does_not_answer_is_told(home, tmp_path):
    path = tmp_path / "export.csv"
    path.write_bytes(EXPORT)
    for arguments in (["load", "--csv", path], ["sync", "--csv", path], ["verify"]):
        message = refusal(*arguments)
        assert message.startswith("No database: 127.0.0.1:9/agency did not answer (")
        assert "pa55word" not in message


def test_a_ledger_that_was_never_built_is_told(with_database):
    assert refusal("verify").startswith(
        "There is no ledger in schema `ledger` yet. Run `make sync`"
    )


def test_a_load_says_what_it_did_and_then_that_nothing_is_new(with_database, tmp_path):
    path = tmp_path / "export.csv"
    path.write_bytes(EXPORT + b",\nC,2,3\nD,4,5\n")
    first = run("load", "--csv", path)
    assert first.exit_code == 0
    assert "1 export: 1 rows, 3 rejected records" in first.stdout
    assert "rejected: too_many_cells × 2 (first: export.csv, row 4)" in first.stdout
    assert "rejected: empty_row × 1 (first: export.csv, row 3)" in first.stdout
    assert "profiles.yml is written" in first.stdout
    again = run("load", "--csv", path)
    assert again.exit_code == 0
    assert again.stdout.startswith("Nothing new to load: 1 file already loaded.")
    assert "rejected" not in again.stdout
    noted = json.loads((with_database / "files.json").read_text())
    assert list(noted.values()) == [["export", str(path)]]


def test_settings_are_listed(home):
    result = run("config")
    assert result.exit_code == 0
    shown = [" ".join(line.split()) for line in result.stdout.splitlines()]
    assert f"PLAYLEDGER_HOME {home}" in shown
    assert "DATABASE_URL set (not shown)" in shown
    assert "LEDGER_SCHEMA ledger" in shown


def test_a_sample_is_made_and_profiled_without_a_database(home, tmp_path):
    made = run("sample", "--out", tmp_path / "sample", "--campaigns", 12, "--scraped-files", 2)
    assert made.exit_code == 0
    assert made.stdout.startswith("12 campaigns written to ")
    assert json.loads((tmp_path / "sample" / "truth.json").read_text())["export"]["campaigns"] == 12
    shown = run("profile", tmp_path / "sample", "--json", tmp_path / "deep" / "found.json")
    assert shown.exit_code == 0
    assert (tmp_path / "deep" / "found.json").exists()
    assert not home.exists()


@pytest.mark.parametrize("option", ["--campaigns", "--scraped-files"])
def test_a_sample_of_less_than_nothing_is_refused(home, tmp_path, option):
    assert "-1 is not in the range x>=0" in refusal(
        "sample", "--out", tmp_path / "sample", option, -1
    )
    assert not (tmp_path / "sample").exists()


def test_stopping_what_does_not_run_is_said(home):
    assert run("stop").stdout == "It was not running.\n"


def broken(*_: object) -> None:
    raise ZeroDivisionError("a slip \udce9\nand more of it")


def test_what_nobody_foresaw_ends_in_a_sentence_and_a_log(home, monkeypatch):
    monkeypatch.setattr("loaders.settings.describe_settings", broken)
    message = refusal("config")
    (log,) = (home / "logs").iterdir()
    assert message == (
        f"Unexpected error: ZeroDivisionError: a slip \\udce9\nIts traceback is in {log}.\n"
    )
    text = log.read_text()
    assert text.startswith("Traceback (most recent call last):")
    assert "in broken\n" in text
    assert text.endswith("ZeroDivisionError: a slip \\udce9\nand more of it\n")
    refusal("config")
    assert len(list((home / "logs").iterdir())) == 2


def test_a_database_of_another_version_is_told_with_the_next_command(home, monkeypatch):
    def lacking() -> None:
        raise UndefinedTable('relation "ledger_quality.later" does not exist\nLINE 1')

    monkeypatch.setattr("loaders.settings.describe_settings", lacking)
    first, second, _ = refusal("config").splitlines()
    assert first.endswith('UndefinedTable: relation "ledger_quality.later" does not exist')
    assert "run `make load` and `dbt build`, then the same command again" in second


def test_a_log_that_cannot_be_written_is_told_too(home, monkeypatch):
    home.write_text("in the way")
    monkeypatch.setattr("loaders.settings.describe_settings", broken)
    first, second = refusal("config").splitlines()
    assert first.startswith("Unexpected error: ZeroDivisionError: a slip")
    assert second.startswith(f"Its traceback could not be written to {home / 'logs'}")
    assert second.endswith(": Not a directory.")


def test_an_interrupt_ends_in_a_sentence(home, monkeypatch):
    def interrupt() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("loaders.settings.describe_settings", interrupt)
    result = run("config")
    assert result.exit_code == 1
    assert result.stderr == "Stopped. Run the same command again to continue.\n"
    assert not home.exists()


@pytest.mark.parametrize("error", [click.UsageError("no"), click.Abort(), BrokenPipeError()])
def test_what_click_knows_is_left_to_click(home, error):
    @exit_code
    def command() -> None:
        raise error

    with pytest.raises(type(error)):
        command()
    assert not home.exists()


def test_a_reader_of_the_output_may_leave_early(home):
    command = Path(sys.executable).parent / "playledger"
    found = subprocess.run(  # noqa: S602
        f"{command} config | true", shell=True, capture_output=True, text=True
    )
    assert "Traceback" not in found.stderr
    assert "Unexpected error" not in found.stderr


@pytest.mark.parametrize(("encoding", "shown"), [("utf-8", "× 中"), ("ascii", "\\xd7 \\u4e2d")])
def test_names_that_a_terminal_cannot_show_do_not_stop_a_command(encoding, shown):
    script = (
        "import playledger.cli.main\n"
        "from playledger.console.terminal import console\n"
        "@playledger.cli.main.main.command()\n"
        "def show(): console().print('caf\\udce9 \\xd7 \\u4e2d')\n"
        "playledger.cli.main.main(['show'])\n"
    )
    found = subprocess.run(  # noqa: S603
        [sys.executable, "-c", script],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": encoding},
    )
    assert (found.returncode, found.stderr) == (0, b"")
    assert found.stdout.decode() == f"caf\\udce9 {shown}\n"
