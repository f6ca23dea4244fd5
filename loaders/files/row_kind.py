"""Rows of an export that are no campaigns: what else stands in a sheet.

    cells of a row ──► RowKinds.problem() ──► the reason to reject it, or None

A word alone decides nothing: a campaign may be called `Total`. See docs/contract.md, 1.1.
"""

import re

from loaders.files.export_header import letters_key

TOTAL = re.compile(
    r"(?:(?:grand|sub|overall)[\s-]*)?totals?(?:\s+(?:of|for)\b.*|\s*\(.*\))?|sum|average|avg|mean|median"
    r"|count",
    re.I,
)
NUMBER = re.compile(
    r"[-+(\s]*(?:[$€£]|US\$)?[-\s]*\d[\d.,'\s]*%?\)?(?:\s*(?:checked|rows|campaigns))?", re.I
)
LONGEST = 60  # characters of a name that is worth a look


class RowKinds:
    """Sorts the rows of one export, whose header has `campaign` as the place of that column."""

    def __init__(self, header: tuple[str, ...], campaign: int) -> None:
        self._width, self._campaign = len(header), campaign
        self._header = [letters_key(each) for each in header]

    def problem(self, cells: list[str]) -> str | None:
        """Why a row is no campaign; None for one."""
        if len(cells) != self._width or not cells[self._campaign].strip():
            return self._shape(cells)
        name = cells[self._campaign]
        if len(name) > LONGEST:
            return None
        if letters_key(name) == self._header[self._campaign] and self._is_header(cells):
            return "repeated_header"
        if TOTAL.fullmatch(name.strip().rstrip(":.")) and self._is_total(cells):
            return "totals_row"
        return None

    def _shape(self, cells: list[str]) -> str:
        if not any(map(str.strip, cells)):
            return "empty_row"
        if len(cells) == self._width:
            return "no_campaign_name"
        return "too_many_cells" if len(cells) > self._width else "too_few_cells"

    def _is_header(self, cells: list[str]) -> bool:
        """Whether each filled cell is the header of its column."""
        pairs = zip(cells, self._header, strict=True)
        return all(letters_key(cell) == header for cell, header in pairs if cell.strip())

    def _is_total(self, cells: list[str]) -> bool:
        """Whether the other cells are numbers or empty: no client, link, day or status."""
        others = (cell.strip() for at, cell in enumerate(cells) if at != self._campaign)
        return all(NUMBER.fullmatch(cell) for cell in others if cell)
