"""Logging with -v: which records of which packages are shown, and that none shows a password."""

from __future__ import annotations

import logging

import click
import pytest
from click.testing import CliRunner

from playledger.cli.logging_setup import LOGGERS, logging_to_stderr
from playledger.cli.main import main

URL = "postgresql://ada:pa55word@127.0.0.1:9/agency"


@pytest.fixture
def log(monkeypatch, tmp_path):
    """What reaches stderr of a command that logs at each level, with these options."""
    monkeypatch.setenv("PLAYLEDGER_HOME", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", URL)

    @click.command()
    def talk() -> None:
        for name in ("loaders.load", "playledger.sync.job", "dlt", "dbt"):
            logger = logging.getLogger(name)
            logger.debug("detail")
            logger.info("decision at %s", URL)
            logger.error("failure")

    monkeypatch.setitem(main.commands, "talk", talk)

    def run(*options: str) -> list[str]:
        result = CliRunner().invoke(main, [*options, "talk"])
        assert result.exit_code == 0
        return result.stderr.splitlines()

    return run


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ([], ["failure"]),
        (["-v"], ["decision", "failure"]),
        (["-vv"], ["detail", "decision", "failure"]),
        (["-vvv"], ["detail", "decision", "failure"]),
    ],
)
def test_each_v_shows_more_of_this_project_and_nothing_of_others(log, options, words):
    shown = [line for line in log(*options) if " dlt:" not in line and " dbt:" not in line]
    assert len(shown) == 2 * len(words)
    for line, word in zip(shown, words * 2, strict=True):
        assert word in line


def test_no_record_shows_a_password(log):
    shown = "\n".join(log("-vv"))
    assert "pa55word" not in shown
    assert "decision at postgresql://ada:***@127.0.0.1:9/agency" in shown


def test_a_traceback_shows_no_password_either(monkeypatch, capsys):
    monkeypatch.setenv("DATABASE_URL", URL)
    with logging_to_stderr(0):
        try:
            raise ValueError(f"refused by {URL}")
        except ValueError:
            logging.getLogger("loaders.database").exception("no database")
    shown = capsys.readouterr().err
    assert "ERROR: no database" in shown
    assert "Traceback" in shown
    assert "pa55word" not in shown


def test_a_command_leaves_the_loggers_as_they_were(log):
    before = [
        (logging.getLogger(name).level, logging.getLogger(name).handlers[:]) for name in LOGGERS
    ]
    log("-vv")
    assert before == [
        (logging.getLogger(name).level, logging.getLogger(name).handlers) for name in LOGGERS
    ]
