"""The export reader: what people hand in, row by row, and what each row becomes."""

import csv
import json
import random
import time

import pytest

from loaders.errors import UserError
from loaders.files.export import inspect_export, read_export
from loaders.files.rejected_record import postgres_text
from loaders.files.staging_schema import EXPORT_COLUMNS

HEADERS = list(EXPORT_COLUMNS.values())
COLUMNS = list(EXPORT_COLUMNS)
TYPED = "Beyoncé — “Née” – it’s €5 …"
FULL_ROW = [f"{column} of it" for column in COLUMNS]


@pytest.fixture
def read(tmp_path):
    """Read bytes as an export: its rows as tuples, its rejects as (row, reason, text)."""

    def read_bytes(content: bytes):
        path = tmp_path / "export.csv"
        path.write_bytes(content)
        batches = list(read_export(inspect_export(path)))
        rejected = [reject for batch in batches for reject in batch.rejected]
        assert all(reject.place == f"row {reject.source_row}" for reject in rejected)
        return (
            [row for batch in batches for row in batch.rows],
            [(reject.source_row, reject.reason, reject.raw_text) for reject in rejected],
        )

    return read_bytes


def full(source_row: int, extra: str | None = None, **cells: str | None) -> tuple:
    """A row of staging in which only these cells are not None."""
    return (source_row, *(cells.get(column) for column in COLUMNS), extra)


def test_a_whole_export_is_read_in_the_order_of_staging(read):
    line = ",".join(FULL_ROW)
    rows, rejected = read(f"{','.join(HEADERS)}\n{line}\n{line}\n".encode("utf-8-sig"))
    assert rows == [(2, *FULL_ROW, None), (3, *FULL_ROW, None)]
    assert rejected == []


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["without mark", "with mark"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("delimiter", [b",", b";", b"\t"], ids=["comma", "semicolon", "tab"])
def test_marks_line_ends_and_delimiters_make_no_difference(read, mark, end, delimiter):
    lines = [b"Campaign,Client,Notes", "Zoë - A,Ärzte,".encode(), b'B - B,"x",y']
    content = mark + end.join(line.replace(b",", delimiter) for line in lines)
    expected = [
        full(2, campaign="Zoë - A", client="Ärzte", notes=""),
        full(3, campaign="B - B", client="x", notes="y"),
    ]
    assert read(content) == (expected, [])
    assert read(content + end) == (expected, [])


def test_a_quoted_cell_keeps_its_delimiters_quotes_and_line_breaks(read):
    rows, rejected = read(b'Campaign,Notes\n"a, ""b""","one\r\ntwo\n\nfour"\nnext,last')
    assert rows == [
        full(2, campaign='a, "b"', notes="one\r\ntwo\n\nfour"),
        full(3, campaign="next", notes="last"),
    ]
    assert rejected == []


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("Campaign,Goal\n\u00a0 A - \u202fB  ,1\n".encode(), [(2, "\u00a0 A - \u202fB  ")]),
        (b"\n\r\nCampaign,Goal\n\nA,1\n\n\nB,2\n\n", [(5, "A"), (8, "B")]),
        (b",,\nCampaign,Goal,\nA,1,\n", [(3, "A")]),
        (f"Campaign,Goal\n{TYPED},1\nplain,2\n".encode("cp1252"), [(2, TYPED), (3, "plain")]),
    ],
    ids=["blanks in a cell", "blank lines", "empty cells before the header", "Windows-1252"],
)
def test_names_are_kept_as_typed_and_every_line_counts(read, content, found):
    rows, rejected = read(content)
    assert ([row[:2] for row in rows], rejected) == (found, [])


@pytest.mark.parametrize("word", ["NA", "None", "null", "nan", "NULL", "N/A", "True", "1e5", "007"])
def test_words_that_other_readers_take_for_nothing_stay_text(read, word):
    rows, _ = read(f"Campaign,Client\n{word},{word}\n".encode())
    assert rows == [full(2, campaign=word, client=word)]


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        (
            " start  date ,PAID VENDOR?,campaign,\u00a0Sale\u202fPrice",
            ("start_date", "paid_vendor", "campaign", "sale_price"),
        ),
        (
            "campaign,sale_price,PAID-VENDOR,Ask for SFA?,(Goal)",
            ("campaign", "sale_price", "paid_vendor", "ask_for_sfa", "goal"),
        ),
    ],
)
def test_headers_are_known_in_any_order_case_spacing_and_punctuation(read, header, columns):
    cells = list("12345"[: len(columns)])
    rows, _ = read(f"{header}\n{','.join(cells)}\n".encode())
    assert rows == [full(2, **dict(zip(columns, cells, strict=True)))]


@pytest.mark.parametrize("header", ["Goal %,Campaign,Goal", "Goal-?,Campaign,goal"])
def test_a_header_that_is_known_as_it_is_comes_before_one_known_by_its_letters(read, header):
    rows, _ = read(f"{header}\n50,A - B,1000\n".encode())
    assert rows[0][1:4] == ("A - B", None, "1000")
    assert json.loads(rows[0][-1]) == {header.split(",")[0]: "50"}


def test_a_missing_column_is_none_and_an_empty_cell_is_empty(read):
    rows, _ = read(b"Campaign,Notes\nA - B,\n")
    assert rows == [full(2, campaign="A - B", notes="")]
    assert rows[0].count(None) == 25


def test_unknown_columns_are_kept_under_their_headers(read):
    rows, _ = read('Mood,Campaign,,Größe,Mood\n"a\nb",A - B,c,"{""d""}",e\n,C - D,,,\n'.encode())
    assert [row[1] for row in rows] == ["A - B", "C - D"]
    kept = {"Mood": "a\nb", "column 3": "c", "Größe": '{"d"}', "Mood (5)": "e"}
    assert json.loads(rows[0][-1]) == kept
    assert rows[1][-1] is None


def test_unknown_columns_never_share_a_name(read):
    rows, _ = read(b"Mood (4),Campaign,Mood,Mood,Mood (4) (4),column 6,\na,S,c,d,e,f,g\n")
    assert sorted(json.loads(rows[0][-1]).values()) == ["a", "c", "d", "e", "f", "g"]


def test_an_unknown_header_that_is_no_text_is_kept_escaped(read, tmp_path):
    rows, rejected = read(b"\xef\xbb\xbfCampaign,Gr\xf6sse,a\x00b\nA,1,2\n")
    assert (json.loads(rows[0][-1]), rejected) == ({"Gr\\xf6sse": "1", "a\\x00b": "2"}, [])
    shape = inspect_export(tmp_path / "export.csv")
    assert shape.columns == ["campaign", "Gr\\xf6sse", "a\\x00b"]


def refusal(read, content: bytes) -> str:
    with pytest.raises(UserError) as raised:
        read(content)
    message = str(raised.value)
    assert message.startswith("export.csv ")
    assert message.endswith("Nothing was loaded.")
    assert raised.value.exit_code == 2
    return message


def test_a_header_given_twice_is_refused_with_both_places(read):
    message = refusal(read, b"Campaign,Client,Goal,client \nA,B,1,C\n")
    assert "`client` twice (columns 2 and 4)" in message


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"\n \r\n\t\n", "is empty"),
        (b"PK\x03\x04\x14\x00\x06\x00rest", "Excel workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel workbook"),
        ("Campaign,Client\nA,B\n".encode("utf-16") + b"\x00\xd8\x00\x00", "UTF-16"),
        (b"\xff\xfe" + bytes(range(64)) * 40, "no column `Campaign`"),
        (bytes(range(64)) * 40, "binary"),
        (b"\x1f\x8b\x08rest", "compressed"),
        (b"%PDF-1.7\n", "PDF"),
        (b"Campaign,Client\n", "no rows"),
        (b"Campaign,Client", "no rows"),
        (b'"Campaign","Notes\nof two lines"\n', "no rows"),
        (b"Campaign,Client\n\n  \n\r\n", "no rows"),
        (b"Artist,Song\nA,B\n", "no column `Campaign`"),
        (b'Campaign,"Client,Goal\nA,B,1\nC,D,2\n', "a quote that is never closed"),
        (b'Campaign,"Client"s,Goal\nA,B,1\nC,D,2\n', "a quote that is never closed"),
        (b'{"scraped_at": "2025-10-23T17:53:19"}', "no column `Campaign`"),
    ],
)  # fmt: skip
def test_what_is_no_export_is_refused_by_name(read, content, says):
    assert says in refusal(read, content)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-8"])
@pytest.mark.parametrize("start", ["", "sep=\t\n", "Campaigns\n\n"])
def test_tabs_and_encodings_of_a_spreadsheet_are_read(read, encoding, start):
    text = start + "\u200bCampaign\tCli\u00adent\nBeyoncé\tZoé\n周杰伦\t\n"
    rows, rejected = read(text.encode(encoding))
    assert [row[1:3] for row in rows] == [("Beyoncé", "Zoé"), ("周杰伦", "")]
    assert [reject[1] for reject in rejected] == ["above_header"] * start.startswith("Camp")


@pytest.mark.parametrize(
    ("codec", "label", "name"),
    [
        ("mac_roman", "Mac Roman (assumed)", "Beyoncé - Déjà Vu"),
        ("cp1252", "Windows-1252", "Beyoncé - Halo"),
        ("cp1250", "Windows-1250 (assumed)", "Łódź - Zażółć"),
        ("cp1251", "Windows-1251 (assumed)", "Кино - Группа крови"),
        ("cp932", "Shift-JIS (assumed)", "宇多田ヒカル - 初恋"),
        ("gb18030", "GB18030 (assumed)", "周杰伦 - 晴天"),
    ],
)
def test_words_tell_the_code_page(read, tmp_path, codec, label, name):
    rows, _ = read(f"Campaign,Client\n{name},A\n".encode(codec))
    assert rows[0][1] == name
    assert inspect_export(tmp_path / "export.csv").encoding.label == label


def test_a_refusal_shows_how_the_file_begins(read):
    message = refusal(read, b"\n\nName|Customer\nA|B\n")
    assert "'Name|Customer'" in message


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ("A,B,C,D", "too_many_cells"),
        ("A,B,", None),
        ("A,B", "too_few_cells"),
        ("A", "too_few_cells"),
        (",B,C", "no_campaign_name"),
        (" \u00a0,B,", "no_campaign_name"),
        (",,", "empty_row"),
        (' ,"",\t', "empty_row"),
        ("   ", "empty_row"),
        (",,,,,", "empty_row"),
        ('A,B"B,C', None),
        ('A,"B"B,C', "unclosed_or_stray_quote"),
        ("A,B\x00,C", "nul_character"),
    ],
)
def test_a_row_is_read_or_rejected_with_its_number_and_text(read, cells, reason):
    rows, rejected = read(f"Campaign,Client,Goal\nbefore,x,1\n\n{cells}\r\nafter,z,3".encode())
    names = [(row[0], row[1]) for row in rows]
    if reason:
        assert names == [(2, "before"), (5, "after")]
        assert rejected == [(4, reason, f"{cells}\r\n")]
    else:
        assert names == [(2, "before"), (4, "A"), (5, "after")]
        assert rejected == []


def test_a_row_is_counted_once_however_many_lines_it_has(read):
    rows, rejected = read(b'Campaign,Notes\n"A","1\n2\n3"\n"","4\n5"\nB,6\n')
    assert [(row[0], row[1]) for row in rows] == [(2, "A"), (4, "B")]
    assert rejected == [(3, "no_campaign_name", '"","4\n5"\n')]


@pytest.mark.parametrize(
    ("after", "names"),
    [
        (b"", []),
        (b'C,"3 ""x"""\nD,4\n', ["C", "D"]),
        (b"C,3\nD,4\n", ["C", "D"]),
        (b'"C","3\n"\nD,4', ["C", "D"]),
    ],
)
def test_an_unclosed_quote_costs_its_row_and_none_behind_it(read, after, names):
    rows, rejected = read(b'Campaign,Notes\nA,1\nB,"2\n' + after)
    assert [(row[0], row[1]) for row in rows] == [(2, "A"), *enumerate(names, 4)]
    assert rejected == [(3, "unclosed_or_stray_quote", 'B,"2\n')]


def test_every_broken_quote_is_told_apart(read):
    rows, rejected = read(b'Campaign,Notes\n"A"x,1\nB,"2\nC,"3"\n"D\nE,5\n"F" ,6\nG,7\n')
    assert [(row[0], row[1]) for row in rows] == [(4, "C"), (6, "E"), (8, "G")]
    assert [(row, text) for row, _, text in rejected] == [
        (2, '"A"x,1\n'),
        (3, 'B,"2\n'),
        (5, '"D\n'),
        (7, '"F" ,6\n'),
    ]
    assert {reason for _, reason, _ in rejected} == {"unclosed_or_stray_quote"}


def test_many_broken_quotes_do_not_slow_the_reader_down(read):
    content = b"Campaign,Notes\n" + b'A,"open\nB,"open\nC,fine\n' * 2_000
    started = time.monotonic()
    rows, rejected = read(content)
    assert (len(rows), len(rejected)) == (2_000, 4_000)
    assert time.monotonic() - started < 3


def test_a_byte_that_windows_1252_lacks_costs_its_row(read):
    rows, rejected = read(b"Campaign,Goal\nCaf\xe9,1\nbad \x9d,2\nNa\xefve,3\n")
    assert [row[1] for row in rows] == ["Café", "Naïve"]
    assert [(row, reason, postgres_text(text)) for row, reason, text in rejected] == [
        (3, "bad_encoding", "bad \\x9d,2\n")
    ]


@pytest.mark.parametrize(
    "content",
    [
        "Campaign,Goal\nZoë,1\nÉlan,2\n".encode() + b"caf\xe9,3\n" + "中文,4\n".encode(),
        b"\xef\xbb\xbfCampaign,Goal\nZoe,1\nElan,2\ncaf\xe9,3\nplain,4\n",
        b"\xef\xbb\xbfCampaign,Goal\rZoe,1\rElan,2\rcaf\xe9,3\rplain,4\r",
        "Campaign,Goal\rZoë,1\rÉlan,2\r".encode() + b"caf\xe9,3\r" + "中文,4\r".encode(),
        "Campaign,Goal\nZoë,1\nÉlan,2\n".encode() + b"\xed\xa0\x80,3\n" + "中文,4\n".encode(),
    ],
    ids=["with letters", "known by its mark only", "mark, CR", "letters, CR", "half a surrogate"],
)
def test_a_broken_byte_in_utf_8_costs_only_its_row(read, content):
    rows, rejected = read(content)
    assert [row[0] for row in rows] == [2, 3, 5]
    assert [(row, reason) for row, reason, _ in rejected] == [(4, "bad_encoding")]
    postgres_text(rejected[0][2]).encode()


def test_what_a_file_looked_like_is_told(tmp_path):
    path = tmp_path / "export.csv"
    path.write_bytes(b"\xef\xbb\xbfCampaign;Mood;Goal\nA;b;1\n")
    shape = inspect_export(path)
    assert shape.columns == ["campaign", "goal", "Mood"]
    assert shape.summary.startswith(
        "UTF-8 with byte order mark; semicolon-separated; 2 of 26 known columns; without Client, "
    )
    assert shape.summary.endswith("; with unknown columns Mood")
    path.write_bytes(b"Campaign\tGoal\nCaf\xe9\t1\n")
    assert inspect_export(path).summary.startswith("Windows-1252; tab-separated; 2 of 26")


def test_a_cell_of_900_kb_is_a_cell(read):
    long = 'x" \n' * 225_000
    quoted = long.replace('"', '""')
    rows, rejected = read(f'Campaign,Notes\nA,"{quoted}"\nB,\n'.encode())
    assert rows == [full(2, campaign="A", notes=long), full(3, campaign="B", notes="")]
    assert rejected == []


def test_a_cell_past_a_million_characters_costs_its_first_line(read):
    line = "x" * 99 + "\n"
    content = b'Campaign,Notes\nA,"' + (line * 10_001).encode() + b'"\nB,\n'
    rows, rejected = read(content)
    assert [row[1] for row in rows] == ["B"]
    assert rejected[0] == (2, "unclosed_or_stray_quote", 'A,"' + line)
    assert sum(len(text) for _, _, text in rejected) == len(content) - len("Campaign,Notes\nB,\n")


def test_pieces_are_bounded_and_cover_a_long_file(tmp_path):
    path = tmp_path / "export.csv"
    lines = (f"song {n},{'' if n % 7 else ','}\n" for n in range(30_000))
    path.write_text("Campaign,Goal\n" + "".join(lines))
    numbers, rejected = [], 0
    for batch in read_export(inspect_export(path)):
        assert len(batch.rows) + len(batch.rejected) <= 5_000
        numbers += [row[0] for row in batch.rows] + [each.source_row for each in batch.rejected]
        rejected += len(batch.rejected)
    assert sorted(numbers) == list(range(2, 30_002))
    assert rejected == 4_286


def test_reading_twice_gives_equal_records(tmp_path):
    path = tmp_path / "export.csv"
    path.write_bytes(b'Campaign,Goal\nA,1\nB,"2\n,3\n')
    shape = inspect_export(path)
    assert list(read_export(shape)) == list(read_export(shape))


ALPHABET = "ab ,;\t\"\n\r'\\.-|{}%$0é—“”Ω中🔥\u00a0\u202f\u2028\x0b\x0c\x1c\x85\ufeff"


@pytest.mark.parametrize("seed", range(6))
def test_what_was_written_is_what_is_read(read, tmp_path, seed):
    dice = random.Random(seed)  # noqa: S311
    headers = [*dice.sample(HEADERS, dice.randint(5, 26)), "Mood"]
    headers = [*dict.fromkeys(["Campaign", *headers])]
    dice.shuffle(headers)
    written = [
        {
            header: ("a" if header == "Campaign" else "")
            + "".join(dice.choices(ALPHABET, k=dice.randint(0, 12)))
            for header in headers
        }
        for _ in range(300)
    ]
    path = tmp_path / "written.csv"
    with path.open("w", encoding=("utf-8-sig", "utf-8")[seed % 2], newline="") as file:
        writer = csv.DictWriter(
            file,
            headers,
            delimiter=",;\t"[seed % 3],
            # Python's writer does not quote a lone CR unless it ends lines itself.
            lineterminator=("\r\n", "\n")[seed % 2],
            quoting=(csv.QUOTE_MINIMAL, csv.QUOTE_ALL)[seed % 2],
        )
        writer.writeheader()
        writer.writerows(written)
    rows, rejected = read(path.read_bytes())
    assert rejected == []
    assert [row[0] for row in rows] == list(range(2, 302))
    for row, cells in zip(rows, written, strict=True):
        extra = json.loads(row[-1]) if row[-1] else {}
        assert extra == ({"Mood": cells["Mood"]} if cells["Mood"].strip() else {})
        assert row[1:-1] == tuple(cells.get(header) for header in HEADERS)
