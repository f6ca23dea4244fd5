"""The saved log-in is readable by its owner alone, and never shown."""

import json
import os
import time

import pytest

from loaders.errors import Exit, UserError
from loaders.scrape.session import Session, age_in_words

STATE = {"cookies": [{"name": "sp_dc", "value": "secret-of-the-account"}], "origins": []}


def test_a_session_is_saved_for_its_owner_alone(tmp_path):
    session = Session(tmp_path / "new" / "session.json")
    session.save(STATE, is_new=True)
    assert session.state() == STATE
    for path in session.path.parent.iterdir():
        assert path.stat().st_mode & 0o777 == 0o600


def test_a_session_that_others_could_read_is_closed_to_them(tmp_path):
    path = tmp_path / "session.json"
    path.write_text("{}")
    path.chmod(0o644)
    Session(path).save(STATE)
    assert path.stat().st_mode & 0o777 == 0o600


def test_the_age_is_that_of_the_log_in_and_not_of_the_file(tmp_path):
    session = Session(tmp_path / "session.json")
    session.path.write_text(json.dumps(STATE))
    os.utime(session.path, (time.time() - 7200, time.time() - 7200))
    session.save({**STATE, "origins": [1]})
    assert 7190 < session.age < 7300
    session.save(STATE, is_new=True)
    assert session.age < 60


@pytest.mark.parametrize("content", [None, "", "not JSON", "[]", "{}", '{"cookies": 1}'])
def test_a_session_that_cannot_be_used_asks_for_a_log_in(tmp_path, content):
    session = Session(tmp_path / "session.json")
    if content is not None:
        session.path.write_text(content)
    with pytest.raises(UserError, match="playledger login") as told:
        session.state()
    assert told.value.exit_code == Exit.LOGIN


def test_nothing_of_the_content_is_shown(tmp_path):
    session = Session(tmp_path / "session.json")
    session.save(STATE)
    session.path.write_text('{"cookies": "secret-of-the-account"}')
    with pytest.raises(UserError) as told:
        session.state()
    assert "secret" not in f"{session!r} {told.value}"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(None, "of unknown age"), (30, "30 s old"), (3 * 3600 + 300, "3 h 05 min old"),
     (50 * 3600, "2 days old")],
)  # fmt: skip
def test_ages_are_told_in_words(seconds, words):
    assert age_in_words(seconds) == words
