"""Numbers and amounts of a cell, read apart from the models: None for what is none.

The models read the same cells in SQL (macros `parse_...`); nothing here comes from them, so that
the account can compare the two.
"""

import re
from decimal import Decimal

from loaders.cell_rules import single_line

WHOLE_NUMBER = re.compile(r"-?[0-9]{1,3}(?:,?[0-9]{3}){0,4}")
AMOUNT = re.compile(r"-?\$? ?-?[0-9]{1,3}(?:,?[0-9]{3}){0,2}(?:\.[0-9]{1,2})?")


def whole_number(cell: str) -> int | None:
    """Streams as people type them: `10000`, `10,000`, `-200`."""
    text = single_line(cell)
    return int(text.replace(",", "")) if WHOLE_NUMBER.fullmatch(text) else None


def amount(cell: str) -> Decimal | None:
    """US dollars: `$1,500.00`, `$0.00`, `-$50`."""
    text = single_line(cell)
    return Decimal(re.sub(r"[$, ]", "", text)) if AMOUNT.fullmatch(text) else None
