"""Where the records of a CSV file end, told by its bytes alone.

    bytes that begin with a record ──► find_ends() ──► places of line feeds, or None

Where every quote stands at the edge of its cell and no line is blank, quotes alone tell where
records end, and a reader of any make finds the same cells.
"""

import numpy as np

from loaders.files.csv_records import LONGEST_CELL

QUOTE, LINE_FEED, CARRIAGE_RETURN = b'"\n\r'
BEFORE_OPENING = np.frombuffer(b',\n"', np.uint8)
BEHIND_CLOSING = np.frombuffer(b',\n\r"', np.uint8)


def find_ends(block: bytes) -> np.ndarray | None:
    """The places of the line feeds that end records; None where something is unusual.

    `block` begins with a record and may end within one: nothing is said of what is behind the last
    line feed that ends one.
    """
    if b"\x00" in block:
        return None
    signs = np.frombuffer(block, np.uint8)
    is_mark = (signs == QUOTE) | (signs == LINE_FEED)
    if b"\r" in block:
        is_mark |= signs == CARRIAGE_RETURN
    marks = np.flatnonzero(is_mark)
    is_quote = signs[marks] == QUOTE
    is_inside = np.cumsum(is_quote) % 2 == 1
    breaks = marks[~(is_quote | is_inside)]
    ends = breaks[signs[breaks] == LINE_FEED]
    if not len(ends):
        return None
    returns = breaks[(signs[breaks] == CARRIAGE_RETURN) & (breaks < ends[-1])]
    quotes = marks[is_quote & (marks < ends[-1])]
    opening, closing = quotes[::2], quotes[1::2]
    lengths = np.diff(ends, prepend=-1) - 1
    is_usual = (
        np.isin(signs[opening[opening > 0] - 1], BEFORE_OPENING).all()
        and np.isin(signs[closing + 1], BEHIND_CLOSING).all()
        and (signs[returns + 1] == LINE_FEED).all()
        and lengths.max() < LONGEST_CELL
        and (lengths - (signs[ends - 1] == CARRIAGE_RETURN)).min() > 0
    )
    return ends if is_usual else None
