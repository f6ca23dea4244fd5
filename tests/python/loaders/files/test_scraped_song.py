"""The reader of scraped songs: which windows become data, and why the others do not."""

import json

import pytest

from loaders.files.json_records import JsonRecords
from loaders.files.scraped_song import read_scrape

ARTIST, TRACK = "A" * 22, "0123456789abcdefghijKL"
URL = f"https://artists.spotify.com/c/artist/{ARTIST}/song/{TRACK}/stats"
TIME = "2025-10-23T17:53:19.717026"
WINDOWS, PLAYLISTS = "scraped_windows", "scraped_playlists"
EMPTY = {WINDOWS: [], PLAYLISTS: []}


def playlist(**changes: object) -> dict:
    row = {"rank": 1, "name": "Night Drive", "made_by": "—", "streams": "1,234"}
    return {**row, "date_added": "May 13, 2025", **changes}


def window(*playlists: dict, **changes: object) -> dict:
    stats = {"title": "Some Song", "streams": 2000, "listeners": 900, "playlists": [*playlists]}
    return {"stats": {**stats, **changes}, "insights": {}}


def song(windows: object, **changes: object) -> dict:
    return {"url": URL, "scraped_at": TIME, "time_ranges": windows, **changes}


def read(document: object) -> JsonRecords:
    return read_scrape(json.dumps(document).encode())


def reasons(scrape: JsonRecords) -> list[tuple[str, str]]:
    return [(reject.reason, reject.place) for reject in scrape.rejected]


def test_a_file_becomes_its_windows_and_playlists():
    other = playlist(rank=2, name="Dubstep DonPersonalized", made_by="Spotify", date_added=None)
    full = window(playlist(), other, playlist_stats={"showing": "2", "total": 7})
    scrape = read(song({"28day": full, "7day": window(streams=0, title=None)}))
    assert scrape.rejected == []
    assert scrape.rows[WINDOWS] == [
        (URL, TRACK, TIME, None, "28day", "Some Song", "2000", "900", "2", "7", 2, None),
        (URL, TRACK, TIME, None, "7day", None, "0", "900", None, None, 0, None),
    ]
    of = (TRACK, TIME, None, "28day")
    assert scrape.rows[PLAYLISTS] == [
        (*of, 1, "1", "Night Drive", "—", "1,234", "May 13, 2025", None),
        (*of, 2, "2", "Dubstep DonPersonalized", "Spotify", "1,234", None, None),
    ]


def test_the_schema_version_goes_with_every_row():
    scrape = read(song({"12months": window(playlist())}, schema_version=1))
    assert [row[3] for row in scrape.rows[WINDOWS]] == ["1"]
    assert [row[2] for row in scrape.rows[PLAYLISTS]] == ["1"]


@pytest.mark.parametrize("version", ["2", 2, "", "1.0", 1.0, True, False, ["1"], {"1": 1}])
def test_a_file_of_an_unknown_form_is_rejected_whatever_it_holds(version):
    for document in (song({"7day": window()}, schema_version=version), {"schema_version": version}):
        assert reasons(read(document)) == [("unknown_schema_version", "file")]


@pytest.mark.parametrize("title", ["Welcome back", "We couldn't find that page"])
def test_a_song_of_our_own_scraper_may_be_called_like_another_page(title):
    windows = {"28day": window(playlist(), title=title)}
    scrape = read(song(windows, schema_version="1", release_date="May 1, 2025"))
    assert scrape.rejected == []
    assert scrape.rows[WINDOWS][0][5] == title
    assert json.loads(scrape.rows[WINDOWS][0][-1]) == {"release_date": "May 1, 2025"}
    assert len(scrape.rows[PLAYLISTS]) == 1


def test_the_badge_beside_a_name_is_kept():
    rows = [playlist(is_personalized=badge) for badge in (True, False, None, "yes")] + [playlist()]
    scrape = read(song({"7day": window(*rows)}, schema_version="1"))
    assert [row[-1] for row in scrape.rows[PLAYLISTS]] == ["true", "false", None, "yes", None]


def test_what_has_no_column_is_kept_as_json():
    insights = {"top": {"city": "Oslo"}, "none": {}}
    given = {**window(), "insights": insights}
    scrape = read(song({"7day": given}, song_metadata={"isrc": "X"}, empty={"a": {"b": None}}))
    assert json.loads(scrape.rows[WINDOWS][0][-1]) == {
        "song_metadata": {"isrc": "X"},
        "insights": insights,
    }


@pytest.mark.parametrize(
    ("title", "reason"),
    [
        ("Welcome back", "login_page"),
        ("We couldn't find that page", "not_found_page"),
        ("Something went wrong", "error_page"),
    ],
)
def test_another_page_is_rejected_and_the_other_windows_are_read(title, reason):
    wrong = window(playlist(), title=title)
    scrape = read(song({"28day": wrong, "7day": window(playlist())}))
    assert reasons(scrape) == [(reason, "window 28day")]
    assert json.loads(scrape.rejected[0].raw_text) == wrong
    assert [row[4] for row in scrape.rows[WINDOWS]] == ["7day"]
    assert [row[3] for row in scrape.rows[PLAYLISTS]] == ["7day"]


@pytest.mark.parametrize("name", ["", " ", "\t\n", None, 5, ["x"], {"x": 1}, True])
def test_a_window_with_a_nameless_playlist_is_rejected_as_a_whole(name):
    scrape = read(song({"28day": window(playlist(), playlist(name=name)), "7day": window()}))
    assert reasons(scrape) == [("playlist_without_name", "window 28day")]
    assert [row[4] for row in scrape.rows[WINDOWS]] == ["7day"]
    assert scrape.rows[PLAYLISTS] == []


@pytest.mark.parametrize("name", ["", "28days", "all", "7DAY"])
def test_an_unknown_window_is_rejected(name):
    assert reasons(read(song({name: window()}))) == [("unknown_window", f"window {name}")]


@pytest.mark.parametrize("missing", ["rank", "name", "made_by", "streams", "date_added"])
def test_a_playlist_that_lacks_a_value_rejects_its_window(missing):
    lacking = playlist()
    del lacking[missing]
    scrape = read(song({"7day": window(playlist(), lacking, playlist())}))
    assert reasons(scrape) == [("wrong_shape", "window 7day")]
    assert scrape.rows == EMPTY


WRONG_WINDOWS = [
    None,
    5,
    "text",
    [],
    [window()],
    {},
    {"stats": None},
    {"stats": []},
    {"stats": "text"},
    {"stats": {"title": "x"}},
    {"stats": {"playlists": []}},
    *({"stats": {"title": "x", "playlists": rows}} for rows in (None, 1, "ab", "", {}, {"a": 1})),
    *({"stats": {"title": "x", "playlists": [row]}} for row in (None, 1, "ab", [], [1], {})),
    {"stats": {"title": ["Welcome back"], "playlists": []}},
    {"stats": {"title": {}, "playlists": []}},
    window(playlist_stats=["2"]),
    window(playlist_stats="2 of 7"),
]


@pytest.mark.parametrize("wrong", WRONG_WINDOWS, ids=json.dumps)
def test_a_window_of_another_shape_is_rejected_with_its_text(wrong):
    scrape = read(song({"7day": wrong, "28day": window(playlist())}))
    assert reasons(scrape) == [("wrong_shape", "window 7day")]
    assert json.loads(scrape.rejected[0].raw_text) == wrong
    assert [row[4] for row in scrape.rows[WINDOWS]] == ["28day"]
    assert len(scrape.rows[PLAYLISTS]) == 1


def test_values_of_another_type_are_kept_as_they_stand():
    odd = playlist(rank="1", streams=1234, made_by=["a", 1], date_added=False)
    scrape = read(song({"7day": window(odd, streams=12.5, listeners={"n": None})}))
    assert scrape.rejected == []
    assert scrape.rows[PLAYLISTS][0][5:] == ("1", "Night Drive", '["a",1]', "1234", "false", None)
    assert scrape.rows[WINDOWS][0][6:8] == ("12.5", '{"n":null}')


LONGER = URL.replace(TRACK, TRACK + "x")
WRONG_FILES = {
    "wrong_shape": [
        *(None, 5, "text", [], [song({})], {}),
        *(song(windows) for windows in (None, [], "7day")),
        *(song({"7day": window()}, url=url) for url in (None, [URL])),
    ],
    "no_track_id": [
        song({"7day": window()}, url=url)
        for url in ("", URL.replace("song", "album"), URL.replace(TRACK, TRACK[:21]), LONGER)
    ],
    "no_scrape_time": [
        song({"7day": window()}, scraped_at=time)
        for time in (None, 1761241999, "", "23.10.2025 17:53", "2025-13-23T17:53:19")
    ],
    "nul_character": [song({"7day": window(playlist(name="a\x00b"))})],
}


@pytest.mark.parametrize(
    ("document", "reason"),
    [(each, reason) for reason in WRONG_FILES for each in WRONG_FILES[reason]],
)
def test_a_file_of_another_shape_is_rejected_as_a_whole(document, reason):
    scrape = read(document)
    assert reasons(scrape) == [(reason, "file")]
    assert json.loads(scrape.rejected[0].raw_text) == document
    assert scrape.rows == EMPTY


def nested(depth: int) -> bytes:
    return b"[" * depth + b"]" * depth


def with_nested(place: str, depth: int) -> bytes:
    """A good file with something deep in one place."""
    marked = {
        "document": song({"7day": window(playlist())}, more="HERE"),
        "insights": song({"7day": {**window(playlist()), "insights": {"a": "HERE"}}}),
        "stats": song({"7day": {"stats": "HERE"}}),
        "streams": song({"7day": window(playlist(streams="HERE"))}),
        "window": song({"odd": "HERE"}),
    }[place]
    return json.dumps(marked).encode().replace(b'"HERE"', nested(depth))


@pytest.mark.parametrize("depth", [300, 1000])
@pytest.mark.parametrize("place", ["document", "insights", "stats", "streams", "window"])
def test_what_is_nested_too_deep_is_rejected(place, depth):
    scrape = read_scrape(with_nested(place, depth))
    assert [reject.reason for reject in scrape.rejected] == ["wrong_shape"]
    assert scrape.rows == EMPTY


def test_deep_objects_are_rejected_too():
    deep = b'{"a":' * 990 + b"1" + b"}" * 990
    content = json.dumps(song({"7day": window()}, more="HERE")).encode().replace(b'"HERE"', deep)
    assert reasons(read_scrape(content)) == [("wrong_shape", "file")]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n",
        b"`not json`",
        b"<html>Welcome back</html>",
        json.dumps(song({"7day": window(playlist())})).encode()[:-1],
        b'{"url": "\xff\xfe"}',
        b'{"url": "\\ud800"}',
        b'{"url": NaN}',
        nested(100_000),
        bytes(range(256)),
    ],
)
def test_what_is_no_json_is_rejected_with_its_text(content):
    scrape = read_scrape(content)
    assert reasons(scrape) == [("invalid_json", "file")]
    assert scrape.rejected[0].raw_text.encode("utf-8", "surrogateescape") == content
    stored = scrape.rejected[0].as_row()[-1]
    assert "\x00" not in stored
    stored.encode()


def test_letters_outside_the_basic_plane_survive():
    scrape = read_scrape(json.dumps(song({"7day": window(playlist(name="🔥 夜"))})).encode())
    assert scrape.rows[PLAYLISTS][0][6] == "🔥 夜"


@pytest.mark.parametrize(
    "more",
    [
        {"stats": {"title": "x", "playlists": [], "notice": "No playlists yet"}},
        {"stats": {"title": "x", "playlists": []}, "notice": " no playlists yet. "},
        {
            "stats": {
                "title": "x",
                "playlists": [],
                "playlist_stats": {"showing": "No playlists yet"},
            }
        },
    ],
)
def test_the_notice_of_an_empty_window_is_what_it_shows(more):
    (found,) = read(song({"7day": more})).rows[WINDOWS]
    assert found[8].strip().lower().startswith("no playlists yet")


def test_a_title_is_no_notice_and_rows_need_none():
    titled = {"stats": {"title": "No playlists yet", "playlists": []}}
    rows = {"stats": {"title": "x", "playlists": [playlist()], "notice": "No playlists yet"}}
    scrape = read(song({"7day": titled, "28day": rows}))
    assert [row[8] for row in scrape.rows[WINDOWS]] == [None, None]


DOCUMENT = song({"7day": window(playlist()), "28day": window(playlist(), playlist(rank=2))})


@pytest.mark.parametrize("layout", [{"indent": 2}, {"indent": 4}, {"separators": (",", ":")}, {}])
@pytest.mark.parametrize("key", ["url", "streams", "rank", "28day"])
def test_a_key_that_is_there_twice_rejects_the_file(layout, key):
    text = json.dumps(DOCUMENT, ensure_ascii=False, **layout)
    start = text.index(f'"{key}"')
    twice = f'{text[:start]}"{key}": "another",{text[start:]}'
    for content in (
        twice,
        twice.replace(f'"{key}": "another"', f'"\\u{ord(key[0]):04x}{key[1:]}":1'),
    ):
        scrape = read_scrape(content.encode())
        assert reasons(scrape) == [("duplicate_key", "file")]
        assert scrape.rejected[0].raw_text == content
        assert scrape.rows == EMPTY
    assert read_scrape(text.encode()).rejected == []


@pytest.mark.parametrize(("digits", "found"), [(30, []), (5000, [("invalid_json", "file")])])
def test_a_number_of_any_length_is_read_or_told(digits, found):
    text = json.dumps(song({"7day": window(playlist(streams="HERE"))}))
    scrape = read_scrape(text.replace('"HERE"', "9" * digits).encode())
    assert reasons(scrape) == found


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_byte_order_mark_says_how_the_file_is_written(encoding):
    mark = "" if encoding in ("utf-8-sig", "utf-16") else "\ufeff"
    scrape = read_scrape((mark + json.dumps(DOCUMENT)).encode(encoding))
    assert scrape.rejected == []
    assert len(scrape.rows[PLAYLISTS]) == 3
    broken = read_scrape(b"\xff\xfe" + b"a")
    assert reasons(broken) == [("invalid_json", "file")]


@pytest.mark.parametrize(
    ("streams", "text"),
    [(1234, "1234"), (1234.0, "1234.0"), (1.234, "1.234e0"), (-5, "-5"), (True, "true")],
)
def test_a_number_of_streams_is_not_taken_for_a_group_of_thousands(streams, text):
    (row,) = read(song({"7day": window(playlist(streams=streams))})).rows[PLAYLISTS]
    assert row[8] == text


def test_of_what_is_no_text_the_beginning_is_kept():
    (rejected,) = read_scrape(b"\x1f\x8b" + b"\xff" * 5000).rejected
    assert len(rejected.raw_text) == 1000
