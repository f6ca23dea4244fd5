"""The page of a plan: escaped, bounded, and whole in a real browser."""

from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from playledger.publish.diff import Change
from playledger.publish.plan import Plan, PlannedFile
from playledger.publish.view.page import ROWS_SHOWN, write_page

SCRIPT = "<script>alert(1)</script>"
IMAGE = '"><img src="http://127.0.0.1:9/x" onerror="alert(1)">'
TURNED = "\u202egnp.exe"  # is read from right to left
HOSTILE = [SCRIPT, IMAGE, "{{ 7 * 7 }}", "</title></bdi>", TURNED, "a\u0000b", "x" * 3000]


def campaign(number: int, name: str, old: dict, new: dict) -> Change:
    key = {"campaign_id": number}
    return Change("ledger", "campaigns", "update", key, old, new, "a", "b", name)


def plan_of(*changes: Change, **other: object) -> Plan:
    said = {
        "run_id": "20260101T000000Z-plan", "made_at": "2026-01-01T00:00:00+00:00",
        "version": "0.1.0", "database": "127.0.0.1:5432/agency", "schema": "ledger",
        "files": [PlannedFile("ab" * 32, "export", f"/exports/{SCRIPT.replace('/', '')}.csv")],
        "known": [],
        "columns": {
            "ledger.clients": ["client_id", "name", "emails", "updated_at"],
            "ledger.campaigns": ["campaign_id", "name", "goal", "notes", "client_id"],
        },
        "lacking": [],
    }  # fmt: skip
    return Plan(**{**said, **other}, changes=list(changes))


def client(number: int, name: str, action: str = "insert", **values: object) -> Change:
    row = {"client_id": f"c-{number}", "name": name, "updated_at": "2026-01-01", **values}
    old, new = (None, row) if action == "insert" else (row, None)
    key = {"client_id": f"c-{number}"}
    return Change("ledger", "clients", action, key, old, new, None, "b", name)


def hostile_plan() -> Plan:
    changed = [
        campaign(number, text, {"notes": text, "goal": None}, {"notes": f"{text}!", "goal": 12345})
        for number, text in enumerate(HOSTILE)
    ]
    came = [client(number, text, emails=[text]) for number, text in enumerate(HOSTILE)]
    return plan_of(*changed, *came, client(99, SCRIPT, "delete"), lacking=[f"ledger.{SCRIPT}"])


def page_of(plan: Plan, folder: Path) -> str:
    return write_page(plan, folder / "plan.html").read_text("utf-8")


def test_no_value_becomes_markup(tmp_path: Path) -> None:
    page = page_of(hostile_plan(), tmp_path)
    assert "<script" not in page
    assert "<img" not in page
    assert page.count("</title>") == 1
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "{{ 7 * 7 }}" in page


def test_a_table_shows_its_first_rows_and_how_many_more_there_are(tmp_path: Path) -> None:
    clients = [client(number, f"Client {number}") for number in range(ROWS_SHOWN + 1234)]
    page = page_of(plan_of(*clients), tmp_path)
    assert page.count('<th scope="row"><bdi>Client ') == ROWS_SHOWN
    assert "1,434 new" in page
    assert "And 1,234 more, in plan.json." in page


def test_the_end_of_a_long_note_is_seen_to_differ(tmp_path: Path) -> None:
    note = "so many words " * 50
    changed = campaign(1, "A - B", {"notes": note}, {"notes": note + "and one more"})
    page = page_of(plan_of(changed), tmp_path)
    assert "and one more</bdi>" in page
    assert f'title="{note}and one more"' in page


def test_letters_that_nobody_sees_are_shown(tmp_path: Path) -> None:
    changed = campaign(1, TURNED, {"notes": "A\u00a0B"}, {"notes": "A B"})
    page = page_of(plan_of(changed), tmp_path)
    assert "⟨U+202E⟩gnp.exe" in page
    assert "A⟨U+00A0⟩B" in page
    assert "\u202e" not in page


def test_empty_and_zero_are_told_apart(tmp_path: Path) -> None:
    changed = campaign(1, "A - B", {"goal": None, "notes": "x"}, {"goal": 0, "notes": None})
    page = page_of(plan_of(changed), tmp_path)
    assert '<td class="before"><bdi class="empty">empty</bdi></td>' in page
    assert '<td class="after"><bdi>0</bdi></td>' in page


def test_an_id_is_told_by_the_name_of_the_row_that_it_points_at(tmp_path: Path) -> None:
    changed = campaign(1, "A - B", {"client_id": None}, {"client_id": "c-7"})
    page = page_of(plan_of(client(7, "Vera Mesa"), changed), tmp_path)
    assert "Vera Mesa (c-7)" in page


def test_a_plan_that_changes_nothing_says_so_and_names_no_command(tmp_path: Path) -> None:
    page = page_of(plan_of(files=[]), tmp_path)
    assert "<h1>Nothing would change.</h1>" in page
    assert "playledger apply" not in page


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 390], ids=["desktop", "phone"])
def test_a_browser_shows_every_table_quietly_and_nothing_sticks_out(
    width: int, chromium: object, tmp_path: Path
) -> None:
    path = write_page(hostile_plan(), tmp_path / "plan.html")
    asked, said = [], []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.path, args=chromium.arguments)
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("dialog", lambda dialog: said.append(dialog.message))
        page.goto(path.as_uri())
        page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
        page.screenshot(path=tmp_path / "page.png", full_page=True)
        heads = page.locator("thead").all_inner_texts()
        names = page.locator("th[scope=rowgroup] bdi").all_inner_texts()
        sides = page.evaluate("document.documentElement.scrollWidth")
        browser.close()
    assert (asked, said) == ([path.as_uri()], [])
    assert len(heads) == 5  # files, counts, changed campaigns, new and gone clients
    assert names[:3] == HOSTILE[:3]
    assert sides == width
