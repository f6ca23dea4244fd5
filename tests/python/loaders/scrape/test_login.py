"""Logging in with a code, as a person does, and checking the session later."""

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


def form_filler(*codes: str):
    async def fill_in(page) -> None:
        await page.fill("#username", "manager@example.org")
        await page.click('[data-testid="login-button"]')
        await page.fill("#password", PASSWORD)
        await page.click('[data-testid="login-button"]')
        for code in codes:
            await page.fill("#code", code)
            await page.click('[data-testid="login-button"]')

    return fill_in


def run(command, settings, *arguments) -> tuple[object, str]:
    """The result and the printed text of a command."""
    file = io.StringIO()
    result = asyncio.run(command(settings, Console(file=file, width=300), *arguments))
    return result, file.getvalue()


def test_a_person_logs_in_and_the_session_is_saved_and_valid(scraper: Scraper):
    path = scraper.home / "session.json"
    path.unlink()
    _, printed = run(log_in, scraper.settings, form_filler("000000", "123456"))
    assert f"saved in {path}" in printed
    assert path.stat().st_mode & 0o777 == 0o600
    for file in scraper.home.rglob("*"):
        assert PASSWORD not in file.read_text() if file.is_file() else True
    code, printed = run(check_session, scraper.settings)
    assert code == Exit.DONE
    assert "The session is valid (" in printed
    track = CONTENT.tracks["plain"]
    assert scraper.streams([track]) == Exit.DONE


def test_an_expired_session_is_not_the_same_as_a_site_that_does_not_answer(scraper: Scraper):
    scraper.site.faults.add(Fault.ERROR_502, on="any")
    code, printed = run(check_session, scraper.settings)
    assert code == Exit.NOTHING
    assert "HTTP 502" in printed
    scraper.site.end_session()
    code, printed = run(check_session, scraper.settings)
    assert code == Exit.LOGIN
    assert "playledger login" in printed


def test_an_unfinished_log_in_leaves_the_old_session(scraper: Scraper, monkeypatch):
    monkeypatch.setattr(login, "MINUTES_TO_LOG_IN", 0.05)
    before = (scraper.home / "session.json").read_bytes()
    with pytest.raises(UserError, match="Nobody logged in") as error:
        run(log_in, scraper.settings, form_filler("000000"))
    assert error.value.exit_code == Exit.LOGIN
    assert (scraper.home / "session.json").read_bytes() == before


def test_without_a_screen_nobody_can_log_in(scraper: Scraper, monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    with pytest.raises(UserError, match="no screen") as error:
        run(log_in, scraper.settings)
    assert error.value.exit_code == Exit.NOTHING
