"""The profile: what an export holds, without a database."""

import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from loaders.errors import UserError
from playledger.audit.export_profile import Profile, profile_export
from playledger.console.export_profile import render_profile

ARTIST, TRACK = "a" * 22, "1" * 22
PAGE = f"https://artists.spotify.com/c/artist/{ARTIST}/song/{TRACK}/stats"
LINK = f"https://open.spotify.com/track/{TRACK}"

EXPORT = f'''Campaign,Client,Vendor,Status,URL,SFA,Goal,Sale price,Mood
Anna - One,Anna,Ven,Active,{LINK},checked,"1,000",$10.50,
Anna - Two  ,"Anna,""Bob, Inc.""",ven,Completed,{LINK}?si=1,,2000,$0.25,good
Bob - Three,anna ,Ven,Complete,TBA,{PAGE},,,

Bob - Four,NA,,Cancelled,,,5,,
Bob - Five,None,Other,Paused,https://open.spotify.com/album/{TRACK},,5,,
short,row
'''


def write(path: Path, text: str = EXPORT, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def printed(profile: Profile, limit: int = 20) -> str:
    out = io.StringIO()
    render_profile(profile, Console(file=out, width=80), limit)
    return out.getvalue()


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    return profile_export(write(tmp_path / "export.csv"))


def test_totals_and_columns(profile):
    assert (profile.rows, profile.unreadable_rows, profile.campaigns) == (6, 1, 5)
    assert (profile.names, profile.clients, profile.client_labels) == (5, 4, 5)
    assert (profile.vendors, profile.salespeople, profile.tracks) == (2, 0, 1)
    assert (profile.goal, str(profile.sale_price)) == (3010, "10.75")
    assert profile.unknown_columns == ["Mood"]
    assert "Last Modified" in profile.missing_columns
    assert "Campaign" not in profile.missing_columns
    assert (profile.encoding, profile.delimiter) == ("UTF-8", "comma")


def test_cells_that_cannot_be_read_are_told_by_column(tmp_path):
    rows = ["One,lots,$10,x", "Two,lots,10 EUR,x", "Three,many,,maybe"]
    text = "\n".join(["Campaign,Goal,Sale price,Ask For SFA", *rows])
    profile = profile_export(write(tmp_path / "export.csv", text))
    assert [(each.header, each.unread, each.filled) for each in profile.unread_cells] == [
        ("Goal", 3, 3), ("Sale price", 1, 2), ("Ask For SFA", 1, 3),
    ]  # fmt: skip
    assert profile.unread_cells[0].examples == ("lots", "many")
    shown = printed(profile)
    assert "not one of 3" in shown
    assert "10 EUR" in shown


def test_names_are_spelled_as_most_rows_spell_them(profile):
    assert profile.by_status == {"complete": 2, "active": 1, "cancelled": 1, "paused": 1}
    assert profile.by_vendor == {"Ven": 3, "Other": 1}
    assert profile.by_client == {"Anna": 3, "Bob, Inc.": 1, "NA": 1, "None": 1}
    assert profile.by_url_kind == {"track": 2, "other": 1, "none": 1, "album": 1}


def test_links_and_lists_that_a_person_should_look_at_are_counted(tmp_path):
    rows = f'A - 1,{LINK}x,"- Night\nsoon"\nA - 2,Song: {LINK},1. Day\nA - 3,TBA,\n'
    profile = profile_export(write(tmp_path / "export.csv", "Campaign,URL,Playlists\n" + rows))
    assert profile.by_link_doubt == {"link_unread": 1, "not_a_link": 1}
    assert (profile.claims, profile.unread_claim_lines) == (2, 1)
    assert "link_unread  1" in printed(profile)


def test_active_and_complete_campaigns_without_a_link_need_an_sfa_url(profile):
    assert [(one.row, one.campaign, one.client) for one in profile.needs_sfa_url] == [
        (2, "Anna - One", "Anna"),
        (3, "Anna - Two", 'Anna,"Bob, Inc."'),
    ]
    assert profile.needs_sfa_url[0].url == LINK


def test_rows_count_as_in_a_spreadsheet(tmp_path):
    rows = 'A - 1,Paused,"two\nlines"\n\nA - 2,Active,\nA,B,C,D\nA - 3,Active,\n'
    text = "Campaign,Status,Notes\n" + rows
    profile = profile_export(write(tmp_path / "export.csv", text))
    assert [one.row for one in profile.needs_sfa_url] == [4, 6]


def test_roster_results_give_pages_by_campaign_and_whole_client_cell(tmp_path):
    songs = [
        {"campaign": "anna -  ONE", "sfa_url": PAGE},
        {"campaign": "Anna - Two", "sfa_url": PAGE},
    ]
    roster = tmp_path / "roster.json"
    clients = {" Anna": {"status": "success", "songs": songs}, "odd": None}
    roster.write_text(json.dumps({"scraped_at": "2025-10-23T17:10:36", "clients": clients}))
    (tmp_path / "broken.json").write_text("{")
    found = profile_export(write(tmp_path / "export.csv"), [roster, tmp_path / "broken.json"])
    assert [one.campaign for one in found.needs_sfa_url] == ["Anna - Two"]


def test_windows_1252_and_semicolons_are_read(tmp_path):
    text = "campaign;CLIENT;Goal\nZoë – Ünder;Zoë,Bob;1,000\nÉ - É;  ;2\n"
    profile = profile_export(write(tmp_path / "export.csv", text, "cp1252"))
    assert (profile.encoding, profile.delimiter) == ("Windows-1252", "semicolon")
    assert profile.by_client == {"Zoë": 1, "Bob": 1}
    assert (profile.goal, profile.by_status, profile.needs_sfa_url) == (1002, {}, [])


def test_an_open_quote_is_said(tmp_path):
    text = 'Campaign,Client\nA - 1,Anna\nA - 2,"open\nA - 3,Bob\n'
    profile = profile_export(write(tmp_path / "export.csv", text))
    assert profile.is_well_quoted is False
    assert "A quote is open" in printed(profile)


@pytest.mark.parametrize("content", [b"", b"Name,Client\nA,B\n", b"PK\x03\x04 xlsx", b"Campaign\n"])
def test_what_is_no_export_is_refused(tmp_path, content):
    path = tmp_path / "export.csv"
    path.write_bytes(content)
    with pytest.raises(UserError):
        profile_export(path)


def test_it_reads_well_on_80_columns(profile):
    lines = [line.rstrip() for line in printed(profile).splitlines()]
    assert lines[0] == "export.csv: UTF-8, comma-separated"
    assert "With unknown columns Mood" in lines
    assert any(line.split() == ["sum", "of", "goals", "(streams)", "3,010"] for line in lines)
    assert "Active and complete campaigns without an SFA URL: 2" in lines
    assert any(line.split() == ["2", "Anna", "-", "One", "Anna"] for line in lines)
    assert max(map(len, lines)) <= 80


def test_a_long_list_is_cut_and_says_so(profile):
    text = printed(profile, limit=1)
    assert "Anna - One" in text
    assert "Anna - Two" not in text
    assert "and 1 more" in text
    assert "Anna - One" not in printed(profile, limit=0)


def test_a_profile_is_plain_json(profile):
    document = json.loads(json.dumps(profile.as_json()))
    assert document["sale_price"] == "10.75"
    assert document["needs_sfa_url"][1]["row"] == 3


def test_it_says_how_day_and_month_are_read_and_why(tmp_path):
    text = "Campaign,Start Date\nA - 1,4/9/2025\nA - 2,13/9/2025\nA - 3,9/13/2025\nA - 4,x\n"
    path = write(tmp_path / "export.csv", text)
    shown = " ".join(printed(profile_export(path)).split())
    assert "Start Date day or month first, its cells contradict each other" in shown
    assert "1 month/day alone, 1 day/month alone, 1 both" in shown
    assert "2 of 4 cells give no day" in shown
    told = " ".join(printed(profile_export(path, date_order="day_month")).split())
    assert "Start Date day/month, as a person says" in told
    assert "1 of 4 cells give no day" in told
