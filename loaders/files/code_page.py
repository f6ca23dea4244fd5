"""Which code page a text without UTF-8 is written in: an assumption, told as one.

    lines with bytes beyond ASCII ──► guess_code_page() ──► (Python's name, is it the only one)

A byte means another letter in each code page: `0x8E` is `é` on an old Mac and `Ž` on Windows. Words
tell: letters of one script, a capital only at the beginning, signs not within. Where no reading
looks like words, charset-normalizer's statistics decide.
"""

import codecs
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

# In the order of preference among readings that fit equally.
CODE_PAGES = {
    "cp1252": "Windows-1252",
    "mac_roman": "Mac Roman",
    "cp1250": "Windows-1250",
    "cp1251": "Windows-1251",
    "cp932": "Shift-JIS",
    "gb18030": "GB18030",
}
MOST = 1 << 16  # bytes that are looked at
WORD = re.compile(r"[^\s,;\"()\[\]/]*[^\x00-\x7f\s][^\s,;\"()\[\]/]*")
QUOTES = "‘’“”–—…«»‹›„‚•·´€£©®™°"
BAD, GOOD = -3.0, 1.0


def is_utf8(lines: bytes) -> bool:
    """Whether whole lines are UTF-8."""
    if lines.isascii():
        return True
    try:
        lines.decode()
    except UnicodeDecodeError:
        return False
    return True


def judge_lines(blocks: Iterable[bytes]) -> tuple[int, int, bytes]:
    """How many lines beyond ASCII are valid UTF-8 and how many not, and some that are not."""
    valid, broken, strange = 0, 0, b""
    for block in blocks:
        text = block.removeprefix(codecs.BOM_UTF8)
        lines = [line for line in text.splitlines() if not line.isascii()]
        bad = [line for line in lines if not is_utf8(line)]
        valid += len(lines) - len(bad)
        broken += len(bad)
        if len(strange) < MOST:
            strange += b"\n".join(bad)
    return valid, broken, strange


def guess_code_page(lines: bytes) -> tuple[str, bool]:
    """The likeliest code page of some lines, and whether no other reading fits as well."""
    lines = lines[:MOST]
    texts = {name: text for name in CODE_PAGES if (text := _decode(lines, name)) is not None}
    scores = {name: _score(text) for name, text in texts.items()}
    best = max(texts, key=lambda name: scores[name])
    if scores[best] <= BAD and (likely := _by_statistics(lines)) in texts:
        best = likely
    rivals = [name for name in texts if scores[name] >= scores[best] - GOOD]
    return best, all(texts[name] == texts[best] for name in rivals)


def _decode(lines: bytes, name: str) -> str | None:
    """Single stray bytes are rejected with their rows; None where the whole cannot be read so."""
    try:
        return lines.decode(name, "surrogateescape")
    except UnicodeDecodeError:
        return None


def _by_statistics(lines: bytes) -> str:
    from charset_normalizer import from_bytes  # slow to import

    found = from_bytes(lines, cp_isolation=list(CODE_PAGES)).best()
    return found.encoding if found and found.encoding in CODE_PAGES else "cp1252"


def _score(text: str) -> float:
    """How much a text looks like words: so much for each of its words beyond ASCII."""
    words = WORD.findall(text)
    return sum(map(_score_word, words)) / (len(words) or 1)


@lru_cache(1 << 12)
def _score_word(word: str) -> float:
    word = word.strip(QUOTES + "'.:!?-&#*")
    if len(word) < 2:
        return 0  # a sign or one letter tells nothing
    if word.isascii():
        return GOOD  # signs at its ends
    scripts = {_script(each) for each in word if each not in "’'-–." and not each.isdecimal()}
    if scripts & {"sign", "none"} or len(scripts - {"latin"}) > 1:
        return BAD
    if "latin" in scripts:
        if len(scripts) > 1:
            return BAD
        strange = sum(not (one.isascii() or two.isascii()) for one, two in pairwise(word))
        capitals = any(one.islower() and two.isupper() for one, two in pairwise(word))
        return BAD if capitals else GOOD - min(strange, 3) / 2
    is_mixed = not (word.islower() or word.isupper() or word.istitle())
    return BAD if "cyrillic" in scripts and is_mixed else GOOD


def _script(character: str) -> str:
    if not character.isalpha():
        return "sign" if character.isprintable() else "none"
    name = unicodedata.name(character, "none").partition(" ")[0].lower()
    if name in ("cjk", "hiragana", "katakana", "katakana-hiragana", "halfwidth", "fullwidth"):
        return "cjk"
    return name
