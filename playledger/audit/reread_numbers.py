"""Numbers, amounts and boxes of a cell, read apart from the models: None for what is none.

The models read the same cells in SQL (macros `parse_whole_number`, `parse_money`,
`parse_checkbox`); nothing here comes from them, so that the account can compare the two. The forms
are those of docs/contract.md, section 3.14.
"""

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

from loaders.cell_rules import MANY, single_line, text_key

PLAIN = {
    **{0xFF10 + digit: str(digit) for digit in range(10)},
    **str.maketrans("\uff0c\uff0e\uff04\uff08\uff09\uff0b", ",.$()+"),
    **dict.fromkeys((0x2212, 0xFF0D, 0x2010, 0x2011, 0x2013, 0xFE63), "-"),
    **dict.fromkeys((0x2019, 0x2018, 0x02BC, 0x00B4, 0xFF07), "'"),
    **{ord("A") + letter: chr(ord("a") + letter) for letter in range(26)},
    **dict.fromkeys((0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060), ""),
    **dict.fromkeys((*range(0x2066, 0x206A), 0xFEFF), ""),
}
BEFORE = r"(?:us ?\$|\$ ?us|usd ?\$?|\$) ?"
BEHIND = r"(?: ?(?:usd|us ?\$|\$|(?:us )?dollars?))?"
STREAMS = r"(?: ?(?:streams?|plays?))?"
AMBIGUOUS = re.compile(r"[^0-9]*[1-9][0-9]{0,2}\.[0-9]{3}[^0-9]*")

TICKED = {
    "checked", "ticked", "true", "yes", "y", "t", "on", "1", "x", "[x]", "✓", "✔", "☑", "✅",
    "wahr", "vrai", "verdadero", "verdadeiro", "vero", "ja", "oui", "sí",
}  # fmt: skip
CLEAR = {
    "unchecked", "unticked", "not checked", "false", "no", "n", "f", "off", "0", "[]", "[ ]", "☐",
    "⬜", "□", "falsch", "faux", "falso", "nein", "non",
}  # fmt: skip


def _number(digits: int, decimals: str, cents: str) -> str:
    """One number without its sign, of up to so many digits: the group that matched is its form."""
    first, groups = "[1-9][0-9]{0,2}", digits // 3 - 1
    grouped = "|".join(f"{first}(?:{mark}[0-9]{{3}}){{1,{groups}}}" for mark in (",", " ", "'"))
    return (
        rf"(?:(?P<plain>(?:[0-9]{{1,{digits}}}|{grouped})(?:\.{decimals})?)"
        rf"|(?P<dotted>{first}(?:\.[0-9]{{3}}){{2,{groups}}})"
        rf"|(?P<comma>(?:[0-9]{{4,{digits}}}|{first}(?:\.[0-9]{{3}}){{1,{groups}}}"
        rf"|{first}(?: [0-9]{{3}}){{1,{groups}}}),{cents})"
        rf"|(?P<thousands>(?:[0-9]{{1,6}}|{first},[0-9]{{3}})(?:\.[0-9]{{1,2}})?) ?(?:k|thousand)"
        r"|(?P<millions>[0-9]{1,3}(?:\.[0-9]{1,2})?) ?(?:m|million)"
    )


NUMBER = _number(12, "0{0,20}", "00") + ")" + STREAMS + r"\.?"
AMOUNT = _number(9, "(?:[0-9]{1,2}0{0,20})?", "[0-9]{2}") + r"|(?P<cents>\.[0-9]{1,2}))" + BEHIND
NUMBERS = tuple(
    re.compile(form)
    for form in (rf"'?(?:(?P<sign>[-+]) ?)?{NUMBER}", rf"(?P<sign>\() ?{NUMBER} ?\)")
)  # fmt: skip
AMOUNTS = tuple(
    re.compile(form)
    for form in (
        rf"'?(?:(?P<sign>[-+]) ?)?(?:{BEFORE})?{AMOUNT}\.?",
        rf"{BEFORE}(?P<sign>[-+]) ?{AMOUNT}\.?",
        rf"(?:{BEFORE})?(?P<sign>\() ?(?:{BEFORE})?{AMOUNT} ?\){BEHIND}",
    )
)


def whole_number(cell: str) -> int | None:
    """Streams as people type them: `10000`, `10,000`, `-200`, `10K`, `10,000 streams`."""
    if cell.isascii() and cell.isdigit() and len(cell) <= 12:  # as nearly all are
        return int(cell)
    value = _value(cell, NUMBERS)
    return None if value is None else int(value)


@lru_cache(MANY)
def amount(cell: str) -> Decimal | None:
    """US dollars: `$1,500.00`, `$0.00`, `-$50`, `US$1,500.00`, `($50.00)`."""
    return _value(cell, AMOUNTS)


def check_mark(cell: str) -> bool | None:
    """A box: False where it is empty or says so."""
    mark = text_key(cell).replace("\ufe0e", "").replace("\ufe0f", "")
    return True if mark in TICKED else False if mark in CLEAR or not single_line(cell) else None


def _value(cell: str, forms: Iterable[re.Pattern[str]]) -> Decimal | None:
    text = single_line(cell.translate(PLAIN))
    match = next(filter(None, (form.fullmatch(text) for form in forms)), None)
    if not match or AMBIGUOUS.fullmatch(text):
        return None
    found = {name: digits for name, digits in match.groupdict().items() if digits}
    sign = -1 if found.pop("sign", "+") in "-(" else 1
    (form, digits), *_ = found.items()
    if form in ("dotted", "comma"):
        digits = digits.replace(".", "").replace(",", ".")
    size = Decimal(re.sub("[ ,']", "", digits))
    return sign * size * {"thousands": 1_000, "millions": 1_000_000}.get(form, 1)
