"""How the account finds out by itself how an export is written, and that both readers agree."""

import random

import pytest

from loaders.files.export import inspect_export, read_export
from loaders.files.staging_schema import EXPORT_COLUMNS
from playledger.audit.export_form import find_form
from playledger.audit.export_frames import read_frames

HEADERS = list(EXPORT_COLUMNS.values())


@pytest.fixture
def form_of(tmp_path):
    def find(content: bytes):
        path = tmp_path / "export.csv"
        path.write_bytes(content)
        return find_form(path)

    return find


@pytest.mark.parametrize(
    ("content", "encoding", "is_clear"),
    [
        (b"Campaign\nplain\n", "utf-8-sig", True),
        ("Campaign\nZoë\n".encode(), "utf-8-sig", True),
        (b"\xef\xbb\xbfCampaign\nZo\xeb\n", "utf-8-sig", True),
        ("Campaign\nZoë – “A”\n".encode("cp1252"), "cp1252", True),
        ("Campaign\nZoë\nÄÖÜ\n".encode() + b"caf\xe9\n", "utf-8-sig", True),
        ("Campaign\nZoë\n".encode() + b"caf\xe9\n", "utf-8-sig", False),
        # A letter whose bytes lie in two of the blocks that are read at a time.
        (f"Campaign\n{'x' * ((1 << 20) - 10)}é\n".encode(), "utf-8-sig", True),
    ],
)
def test_an_encoding_is_found_by_its_characters(form_of, content, encoding, is_clear):
    form = form_of(content)
    assert (form.encoding, form.is_clear) == (encoding, is_clear)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_delimiter_is_one_outside_of_quotes(form_of, delimiter):
    header = delimiter.join(['"Notes, a; b\tc"', "campaign", '"Cli\nent"', "GOAL", '5" disc'])
    form = form_of(f"\n{delimiter * 2}\n{header}\nx\n".encode())
    assert form.delimiter == delimiter
    assert form.columns == (None, "campaign", "client", "goal", None)


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        ("Campaign,Goal,goal", ("campaign", "goal", None)),
        ("campaign,sale_price,Paid-Vendor", ("campaign", "sale_price", "paid_vendor")),
        ("Goal %,Campaign,Goal", (None, "campaign", "goal")),
        ("Goal,Campaign,Goal", ("goal", "campaign", None)),
        ("Mood,Campaign,Mood", (None, "campaign", None)),
    ],
)
def test_columns_are_named_as_the_contract_says(form_of, header, columns):
    assert form_of(f"{header}\nA,1,2\n".encode()).columns == columns


@pytest.mark.parametrize("content", [b"", b"\n\n", b"Artist,Song\nA,B\n", b'Campaign,"open\nA,B\n'])
def test_a_file_without_a_column_campaign_has_no_form(form_of, content):
    assert form_of(content) is None


@pytest.mark.parametrize(
    ("row", "is_well_quoted"),
    [('A,"b ""c"""', True), ('A,b"c', True), ('A,"b', False), ('A,"b"c', False)],
)
def test_quotes_are_closed_and_where_they_may_be(form_of, row, is_well_quoted):
    assert form_of(f"Campaign,Notes\n{row}\n".encode()).is_well_quoted is is_well_quoted


@pytest.mark.parametrize("seed", range(6))
def test_both_readers_find_the_same_in_a_file_of_any_form(tmp_path, seed):
    dice = random.Random(seed)  # noqa: S311
    encoding = dice.choice(["utf-8", "utf-8-sig", "cp1252"])
    delimiter, end = dice.choice(",;\t"), dice.choice(["\n", "\r\n", "\r"])
    headers = [*dice.sample(HEADERS[1:], 9), "Campaign", "Größe", "Mood"]
    dice.shuffle(headers)
    letters = "abé—“” '-\u00a0" + ",;\t".replace(delimiter, "")
    rows = [
        [f"x{''.join(dice.choices(letters, k=dice.randint(0, 9)))}" for _ in headers]
        for _ in range(40)
    ]
    lines = [delimiter.join(f" {cell.upper()} " for cell in headers), *map(delimiter.join, rows)]
    path = tmp_path / "export.csv"
    path.write_bytes((end.join(lines) + end).encode(encoding))
    shape, form = inspect_export(path), find_form(path)
    assert (shape.encoding.codec, shape.delimiter) == (form.encoding, form.delimiter)
    assert {name: at for at, name in enumerate(form.columns) if name} == shape.positions
    first = [row for batch in read_export(shape) for row in batch.rows]
    second = next(read_frames(form)).rows
    columns = [name for name in EXPORT_COLUMNS if name in shape.positions]
    places = [1 + list(EXPORT_COLUMNS).index(name) for name in columns]
    assert second[columns].to_numpy().tolist() == [[row[at] for at in places] for row in first]
    assert second.index.tolist() == [row[0] for row in first] == list(range(2, 42))
