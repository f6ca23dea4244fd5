"""Logging in as a person does, with a code; and what is said of a session later."""

import asyncio
import io

import pytest
from rich.console import Console

from loaders.errors import Exit, UserError
from loaders.scrape import login
from loaders.scrape.login import check_session, log_in
from tests.python.support.scraping import CONTENT, Scraper
from tests.site import Fault

pytestmark = pytest.mark.browser

PASSWORD = "correct horse battery staple"  # noqa: S105


def person(*codes: str):
    async def fill_in(page) -> None:
        await page.fill("#username", "manager@example.org")
        await page.click('[data-testid="login-button"]')
        await page.fill("#password", PASSWORD)
        await page.click('[data-testid="login-button"]')
        for code in codes:
            await page.fill("#code", code)
            await page.click('[data-testid="login-button"]')

    return fill_in


def told(work, *arguments) -> tuple[object, str]:
    file = io.StringIO()
    answer = asyncio.run(work(arguments[0], Console(file=file, width=300), *arguments[1:]))
    return answer, file.getvalue()


def test_a_person_logs_in_and_the_session_is_saved_and_proved(scraper: Scraper):
    path = scraper.home / "session.json"
    path.unlink()
    _, said = told(log_in, scraper.settings, person("000000", "123456"))
    assert f"saved in {path}" in said
    assert path.stat().st_mode & 0o777 == 0o600
    for file in scraper.home.rglob("*"):
        assert PASSWORD not in file.read_text() if file.is_file() else True
    code, said = told(check_session, scraper.settings)
    assert code == Exit.DONE
    assert "The session holds (0 min old" in said
    track = CONTENT.tracks["plain"]
    assert scraper.streams([track]) == Exit.DONE


def test_a_session_that_has_ended_is_told_from_a_site_that_does_not_answer(scraper: Scraper):
    scraper.site.faults.add(Fault.ERROR_502, on="any")
    code, said = told(check_session, scraper.settings)
    assert code == Exit.NOTHING
    assert "HTTP 502" in said
    scraper.site.end_session()
    code, said = told(check_session, scraper.settings)
    assert code == Exit.LOGIN
    assert "playledger login" in said


def test_a_log_in_that_is_not_finished_leaves_the_old_session(scraper: Scraper, monkeypatch):
    monkeypatch.setattr(login, "MINUTES_TO_LOG_IN", 0.05)
    before = (scraper.home / "session.json").read_bytes()
    with pytest.raises(UserError, match="Nobody logged in") as error:
        told(log_in, scraper.settings, person("000000"))
    assert error.value.exit_code == Exit.LOGIN
    assert (scraper.home / "session.json").read_bytes() == before


def test_without_a_screen_nobody_can_log_in(scraper: Scraper, monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(login.sys, "platform", "linux")
    with pytest.raises(UserError, match="no screen") as error:
        told(log_in, scraper.settings)
    assert error.value.exit_code == Exit.NOTHING
