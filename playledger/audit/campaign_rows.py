"""Whether a named row of an export is a campaign: sums and repeated headers are none.

cells of a row, ExportForm ──► is_campaign()
"""

from playledger.audit.export_form import ExportForm, plain_header

SUMS = {"total", "totals", "sum", "average", "avg", "mean", "median", "count"}
BEFORE = ("grand", "sub", "overall")
UNITS = ("checked", "rows", "campaigns")
LONGEST = 60  # characters of a name that is worth a look


def is_campaign(cells: list[str], form: ExportForm) -> bool:
    """Whether a row that has a campaign's name is one: a word such as `Total` decides nothing
    unless the other cells hold numbers alone.
    """
    at = form.columns.index("campaign")
    name = cells[at].strip()
    if len(cells[at]) > LONGEST:
        return True
    others = [cell.strip() for place, cell in enumerate(cells) if place != at and cell.strip()]
    if _is_sum(name) and all(map(_is_number, others)):
        return False
    pairs = zip(cells, form.headers, strict=True)
    return not all(plain_header(cell) == plain_header(head) for cell, head in pairs if cell.strip())


def _is_sum(name: str) -> bool:
    """`Total`, `Grand total:`, `Totals for May`, `Total (12)`, `Average`."""
    words = name.rstrip(":.").lower().replace("-", " ").split()
    joined = " ".join(words)
    for start in BEFORE:
        joined = joined.removeprefix(start).strip() if "total" in joined else joined
    first, _, rest = joined.partition(" ")
    if first in SUMS and not rest:
        return True
    if first not in ("total", "totals"):
        first, bracket, rest = joined.partition("(")
        return first.strip() in ("total", "totals") and bool(bracket) and rest.endswith(")")
    return rest.split()[0] in ("of", "for") or (rest.startswith("(") and rest.endswith(")"))


def _is_number(cell: str) -> bool:
    """Digits with signs of money, groups and shares, at most one unit behind them."""
    text = cell.lower()
    for unit in UNITS:
        text = text.removesuffix(unit)
    text = text.replace("us$", "$")
    return any(map(str.isdecimal, text)) and not set(text) - set("0123456789.,'$€£-+()% \xa0\u202f")
