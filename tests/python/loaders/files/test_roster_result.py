"""The reader of roster results: labels and found songs, and what is rejected of them."""

import json

import pytest

from loaders.files.json_records import JsonRecords
from loaders.files.roster_result import read_roster

TIME = "2025-10-23T17:53:19"
CLIENTS, SONGS, CANDIDATES = "roster_clients", "roster_songs", "roster_candidates"
EMPTY = {CLIENTS: [], SONGS: [], CANDIDATES: []}
URL = f"https://artists.spotify.com/c/artist/{'A' * 22}/song/{'b' * 22}/stats"


def found(**changes: object) -> dict:
    song = {"campaign": "Ada - First", "client": "North", "artist": "Ada", "song": "First"}
    return {**song, "sfa_url": URL, "track_id": "b" * 22, **changes}


def result(*songs: object, **changes: object) -> dict:
    return {"status": "success", "roster_songs_found": len(songs), "songs": [*songs], **changes}


def read(clients: object, **changes: object) -> JsonRecords:
    return read_roster(json.dumps({"scraped_at": TIME, "clients": clients, **changes}).encode())


def reasons(roster: JsonRecords) -> list[tuple[str, str]]:
    return [(reject.reason, reject.place) for reject in roster.rejected]


def test_a_file_becomes_its_labels_and_songs():
    none = {"status": "no_roster_songs", "roster_songs_found": 0}
    roster = read(
        {
            "North": result(found(), found(song=None, score=0.9), campaigns=3, matched_songs="2"),
            "South": none,
        }
    )
    assert roster.rejected == []
    assert roster.rows[CLIENTS] == [
        (TIME, "North", "success", "3", "2", "2"),
        (TIME, "South", "no_roster_songs", None, "0", None),
    ]
    known = ("Ada - First", "North", "Ada")
    assert roster.rows[SONGS] == [
        (TIME, "North", 1, *known, "First", URL, "b" * 22, None),
        (TIME, "North", 2, *known, None, URL, "b" * 22, '{"score":0.9}'),
    ]


WRONG_SONGS = [
    *(None, 5, "text", [], {}, {"campaign": "x"}),
    *(found(sfa_url=url) for url in (None, "", "  ", [URL])),
    *(found(campaign=name) for name in (None, " ", 7)),
]


@pytest.mark.parametrize("song", WRONG_SONGS, ids=json.dumps)
def test_a_song_without_campaign_or_url_is_rejected_and_the_next_is_read(song):
    roster = read({"North": result(song, found())})
    assert reasons(roster) == [("song_without_url", "song 1 of North")]
    assert json.loads(roster.rejected[0].raw_text) == {"North": song}
    assert [row[2] for row in roster.rows[SONGS]] == [2]
    assert len(roster.rows[CLIENTS]) == 1


def test_candidates_stand_apart_from_what_is_sure():
    near = found(song="First (Live)", score=87.5, why="title")
    roster = read({"North": result(found(), candidates=[near, found(score=None)])})
    assert roster.rejected == []
    assert len(roster.rows[SONGS]) == 1
    known = ("Ada - First", "North", "Ada")
    assert roster.rows[CANDIDATES] == [
        (TIME, "North", 1, *known, "First (Live)", URL, "b" * 22, "87.5", '{"why":"title"}'),
        (TIME, "North", 2, *known, "First", URL, "b" * 22, None, None),
    ]


@pytest.mark.parametrize("odd", [None, 5, "text", [], {}, found(sfa_url=" "), found(campaign=7)])
def test_an_odd_candidate_is_rejected_and_the_others_are_read(odd):
    roster = read({"North": result(found(), candidates=[odd, found()])})
    assert reasons(roster) == [("candidate_without_url", "candidate 1 of North")]
    assert json.loads(roster.rejected[0].raw_text) == {"North": odd}
    assert [row[2] for row in roster.rows[CANDIDATES]] == [2]
    assert len(roster.rows[SONGS]) == 1


@pytest.mark.parametrize("candidates", [5, "text", {"a": 1}, True])
def test_candidates_that_are_no_list_leave_the_songs_alone(candidates):
    roster = read({"North": result(found(), candidates=candidates)})
    assert reasons(roster) == [("wrong_shape", "candidates of North")]
    assert json.loads(roster.rejected[0].raw_text) == {"North": candidates}
    assert (len(roster.rows[SONGS]), roster.rows[CANDIDATES]) == (1, [])


def test_our_own_form_is_read_and_an_unknown_one_rejected():
    assert len(read({"North": result(found())}, schema_version="1").rows[SONGS]) == 1
    roster = read({"North": result(found())}, schema_version="2")
    assert reasons(roster) == [("unknown_schema_version", "file")]
    assert roster.rows == EMPTY


NO_LISTS = (5, "ab", {"a": 1})
WRONG_RESULTS = [None, 5, "text", [], [result()], {}, {"songs": []}]


@pytest.mark.parametrize(
    "wrong", [*WRONG_RESULTS, *(result(songs=songs) for songs in NO_LISTS)], ids=json.dumps
)
def test_a_label_of_another_shape_is_rejected_and_the_next_is_read(wrong):
    roster = read({"North": wrong, "South": result(found())})
    assert reasons(roster) == [("wrong_shape", "client North")]
    assert json.loads(roster.rejected[0].raw_text) == {"North": wrong}
    assert [row[1] for row in roster.rows[CLIENTS]] == ["South"]
    assert [row[1] for row in roster.rows[SONGS]] == ["South"]


def test_values_of_another_type_are_kept_as_they_stand():
    odd = found(artist=["Ada", "Bo"], track_id=5, song=True)
    roster = read({"North": result(odd, status=["success"], campaigns={"n": 1})})
    assert roster.rejected == []
    assert roster.rows[CLIENTS] == [(TIME, "North", '["success"]', '{"n":1}', "1", None)]
    assert roster.rows[SONGS][0][5:9] == ('["Ada","Bo"]', "true", URL, "5")


@pytest.mark.parametrize(("time", "kept"), [(None, None), (5, "5"), ("", "")])
def test_a_file_without_a_time_is_read_and_says_none(time, kept):
    roster = read({"North": result(found())}, scraped_at=time)
    assert (roster.rows[CLIENTS][0][0], roster.rows[SONGS][0][0]) == (kept, kept)
    assert roster.rejected == []


@pytest.mark.parametrize("songs", [None, []])
def test_a_label_without_songs_is_a_label(songs):
    roster = read({"North": result(songs=songs)})
    assert (len(roster.rows[CLIENTS]), roster.rows[SONGS], roster.rejected) == (1, [], [])


NO_ROSTERS = [
    *(None, [], "text", {}, {"clients": {}}, {"scraped_at": TIME}),
    *({"scraped_at": TIME, "clients": clients} for clients in (None, [result(found())])),
]
WITH_NUL = [{"A": result(found(song="a\x00"))}, {"A\x00": result(found())}]


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        *((document, "wrong_shape") for document in NO_ROSTERS),
        *(({"scraped_at": TIME, "clients": each}, "nul_character") for each in WITH_NUL),
    ],
)
def test_a_file_of_another_shape_is_rejected_as_a_whole(document, reason):
    roster = read_roster(json.dumps(document).encode())
    assert reasons(roster) == [(reason, "file")]
    assert json.loads(roster.rejected[0].raw_text) == document
    assert roster.rows == EMPTY


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b'"\\udfff"', b"[" * 5000 + b"]" * 5000])
def test_what_is_no_json_is_rejected_with_its_text(content):
    roster = read_roster(content)
    assert reasons(roster) == [("invalid_json", "file")]
    assert roster.rejected[0].raw_text.encode("utf-8", "surrogateescape") == content


@pytest.mark.parametrize("place", ["label", "song", "extra", "count", "time"])
def test_what_is_nested_too_deep_is_rejected(place):
    marked = {
        "label": {"North": "HERE"},
        "song": {"North": result("HERE")},
        "extra": {"North": result(found(score="HERE"))},
        "count": {"North": result(found(), campaigns="HERE")},
        "time": {},
    }[place]
    document = {"scraped_at": "HERE" if place == "time" else TIME, "clients": marked}
    deep = b"[" * 500 + b"]" * 500
    roster = read_roster(json.dumps(document).encode().replace(b'"HERE"', deep))
    assert reasons(roster) == [("wrong_shape", "file")]
    assert roster.rows == EMPTY
