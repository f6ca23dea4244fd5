"""Values of a scraped playlist row, read without the loader and the models (docs/contract.md, 1.2).

texts of a page ──► streams(), rank(), date_added(), curator(), is_nothing() ──► values, or None
"""

import re
from datetime import date, timedelta
from functools import lru_cache

from loaders.cell_rules import single_line

COUNTS = tuple(
    re.compile(form)
    for form in (
        r"(?P<whole>[0-9]{1,15})(?:\.0{1,2})?",
        r"(?P<whole>[0-9]{1,3}(?:,[0-9]{3}){1,4})(?:\.0{1,2})?",
        r"(?P<whole>[0-9]{1,3}(?:\.[0-9]{3}){1,4})(?:,0{1,2})?",
        r"(?P<whole>[0-9]{1,3}(?: [0-9]{3}){1,4})(?:[.,]0{1,2})?",
        r"(?P<whole>[0-9]{1,3}(?:['’٬][0-9]{3}){1,4})(?:\.0{1,2})?",
        r"(?P<whole>[0-9]{1,2}(?:,[0-9]{2}){1,5},[0-9]{3})",
    )
)
RANK = re.compile(
    r"(?:#|No\.?|№)? ?(?P<whole>[0-9]{1,9}|[0-9]{1,3}(?:,[0-9]{3}){1,2})(?:[.)]|\.0|st|nd|rd|th)?"
)
DASHES = re.compile("[-‐‑‒–—―−]+")
NOTHING = {
    "", "n/a", "na", "none", "null", "nan", "not available", "unavailable", "nicht verfügbar",
    "non disponible", "no disponible", "non disponibile", "não disponível", "indisponível",
    "niet beschikbaar",
}  # fmt: skip
CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÜÉÈÊÛÁÍÓÚÃÇ"
TO_SMALL = str.maketrans(CAPITALS, CAPITALS.lower())

MONTHS = (
    "jan january januar januari jänner janv janvier ene enero gen gennaio janeiro",
    "feb february februar februari feber févr février febrero febbraio fev fevereiro",
    "mar march märz mär mars marzo março maart mrt marts",
    "apr april avr avril abr abril aprile",
    "may mai mayo maggio mag maio mei maj",
    "jun june juni juin junio giugno giu junho",
    "jul july juli juillet juil julio luglio lug julho",
    "aug august août ago agosto augustus augusti",
    "sep sept september septembre septiembre settembre set setembro",
    "oct october okt oktober octobre octubre ott ottobre out outubro",
    "nov november novembre noviembre novembro",
    "dec december dez dezember déc décembre dic diciembre dicembre dezembro desember",
)
MONTH_OF = {word: number for number, words in enumerate(MONTHS, 1) for word in words.split()}
DAYS_AGO = {
    **dict.fromkeys(
        ("today", "heute", "hoy", "oggi", "hoje", "vandaag", "idag", "i dag", "今日",
         "今天", "오늘"), 0,
    ),
    **dict.fromkeys(
        ("yesterday", "gestern", "hier", "ayer", "ieri", "ontem", "gisteren", "igår", "i går",
         "昨日", "昨天", "어제"), 1,
    ),
}  # fmt: skip
AUJOURDHUI = re.compile("aujourd.hui")
AGO = re.compile(
    "([0-9]{1,3}) days? ago|vor ([0-9]{1,3}) tag(?:en)?|il y a ([0-9]{1,3}) jours?|"
    "hace ([0-9]{1,3}) días?|([0-9]{1,3}) giorn[io] fa|há ([0-9]{1,3}) dias?|"
    "([0-9]{1,3}) dag(?:en)? geleden|([0-9]{1,3}) ?(?:日前|天前|일 전)"
)
PARTS = "-/.年년月월"
CLOCK = (
    rf"(?:[t ][0-9]{{2}}:[0-9]{{2}}(?::[0-9]{{2}}(?:[{PARTS}][0-9]+)?)?"
    rf"(?:z|[{PARTS}+][0-9]{{2}}:?[0-9]{{2}})?)?"
)
YEAR_FIRST = re.compile(
    rf"([0-9]{{4}}) ?[{PARTS}] ?([0-9]{{1,2}}) ?[{PARTS}] ?([0-9]{{1,2}}) ?[{PARTS}日일]?{CLOCK}"
)
DOTTED = re.compile(r"([0-9]{1,2})\. ?([0-9]{1,2})\. ?([0-9]{4})\.?")
SLASHED = re.compile(r"([0-9]{1,2})[/-]([0-9]{1,2})[/-]([0-9]{4})")
ORDINAL = re.compile("([0-9]{1,2})(?:st|nd|rd|th|er|º|ª)?")
LINKS = re.compile("(^| )(?:de|del|of|den) ")


def streams(text: str | None) -> int | None:
    """A number of streams; None for what is no whole number, such as `1.2K`."""
    line = single_line(text or "")
    found = next(filter(None, (form.fullmatch(line) for form in COUNTS)), None)
    return int(re.sub("[^0-9]", "", found["whole"])) if found else None


def rank(text: str | None) -> int | None:
    """A playlist's rank in its window; None for what is none."""
    found = RANK.fullmatch(single_line(text or ""))
    return int(found["whole"].replace(",", "")) if found else None


def curator(text: str | None) -> str:
    """Who made a playlist; empty for the marks that stand for nobody."""
    line = single_line(text or "")
    is_nobody = DASHES.fullmatch(line) or line.translate(TO_SMALL) in ("n/a", "not available")
    return "" if is_nobody else line


def is_nothing(text: str | None) -> bool:
    """Whether a text stands for an unknown value."""
    line = single_line(text or "").translate(TO_SMALL)
    return line in NOTHING or bool(DASHES.fullmatch(line))


@lru_cache(1 << 16)
def date_added(text: str | None, scraped_on: date) -> date | None:
    """The day on which a song was added, as the page of `scraped_on` shows it."""
    line = single_line(text or "").translate(TO_SMALL)
    if line in DAYS_AGO or AUJOURDHUI.fullmatch(line):
        return scraped_on - timedelta(DAYS_AGO.get(line, 0))
    if ago := AGO.fullmatch(line):
        return scraped_on - timedelta(int(next(filter(None, ago.groups()))))
    parts = _numbers(line) or _words(line)
    if not parts or not 1900 <= parts[0] <= 2099:
        return None
    try:
        return date(*parts)
    except ValueError:
        return None


def _numbers(line: str) -> tuple[int, int, int] | None:
    """Year, month and day of a date in digits, where only one order is possible."""
    if found := YEAR_FIRST.fullmatch(line):
        return int(found[1]), int(found[2]), int(found[3])
    if found := DOTTED.fullmatch(line):
        return int(found[3]), int(found[2]), int(found[1])
    if not (found := SLASHED.fullmatch(line)):
        return None
    first, second, year = map(int, found.groups())
    if first > 12 or first == second:
        return year, second, first
    return (year, first, second) if second > 12 else None


def _words(line: str) -> tuple[int, int, int] | None:
    """Year, month and day of a date with a month's name: day first, month first or year first."""
    tokens = LINKS.sub(" ", re.sub("[-.,/]", " ", line)).split()
    if len(tokens) != 3:
        return None
    if tokens[0].isdigit() and len(tokens[0]) == 4:
        year, word, day = tokens
        is_day = re.fullmatch("[0-9]{1,2}", day)
    else:
        *pair, year = tokens
        day, word = pair if ORDINAL.fullmatch(pair[0]) else reversed(pair)
        is_day = ORDINAL.fullmatch(day)
    if not is_day or word not in MONTH_OF or not re.fullmatch("[0-9]{4}", year):
        return None
    return int(year), MONTH_OF[word], int(re.match("[0-9]+", day)[0])
