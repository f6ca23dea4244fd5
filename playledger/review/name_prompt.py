"""Ask a person about each pair, and write every answer down before the next question.

    Pair ..., answers ──► walk() ──► seeds, Tally

Leaving at any time loses nothing: what was answered is in the seeds.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable

from rich.console import Console
from rich.text import Text

from loaders.errors import UserError
from loaders.text import plural
from playledger.console.account import make_table
from playledger.review.alias_seeds import Seeds
from playledger.review.name_queue import Pair, Side

QUESTION = "[a]ccept, [s]wap (the other name stands), [r]eject, [l]ater, [q]uit"
ANSWERS = {"a": "accept", "s": "swap", "r": "reject", "l": "later", "q": "quit"}
DIRECTIONS = {*map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))}


def walk(
    pairs: list[Pair], seeds: Seeds, console: Console, ask: Callable[[str], str | None]
) -> Counter[str]:
    """Show each pair and do what is answered; how many were accepted, rejected and put off.

    `ask` gives an answer to a question, or None when there will be no more.
    """
    done: Counter[str] = Counter()
    for place, pair in enumerate(pairs, 1):
        if seeds.decisions(pair.kind).cover(pair.stands.known, pair.alias.known):
            done["decided"] += 1  # with an earlier pair of this walk
            continue
        _show(pair, f"{place} of {len(pairs)}", console)
        answer = _answer(ask)
        if answer == "quit":
            break
        try:
            said = _do(answer, pair, seeds)
        except UserError as error:
            if done["accept"] + done["reject"]:
                say(str(error), console)
                break
            raise
        for sentence in said:
            say(f"  {sentence}", console)
        done["accept" if answer == "swap" else answer] += 1
    return done


def _answer(ask: Callable[[str], str | None]) -> str:
    while (given := ask(QUESTION)) is not None:
        word = given.strip().lower()
        found = ANSWERS.get(word[:1])
        if found and found.startswith(word):
            return found
    return "quit"


def _do(answer: str, pair: Pair, seeds: Seeds) -> list[str]:
    stands, alias = pair.stands.known, pair.alias.known
    if answer == "reject":
        return seeds.reject(pair.kind, stands, alias)
    if answer == "later":
        return []
    if answer == "swap":
        stands, alias = alias, stands
    return seeds.accept(pair.kind, alias, stands)


def _show(pair: Pair, place: str, console: Console) -> None:
    console.print()
    console.print(Text(f"{place}: {pair.kind}, {pair.score} of 100", "dim"))
    table = make_table(("", "left"), ("", "left"))
    for side, style in ((pair.stands, "bold"), (pair.alias, "")):
        table.add_row(Text(f"  {_called(side)}", style), Text(_about(side), "dim"))
    console.print(table)
    say(f"  {printable(pair.evidence)}", console)
    say(f"  Is “{pair.alias.known.name}” another name of “{pair.stands.known.name}”?", console)


def _called(side: Side) -> str:
    curator = f" by {side.known.curator}" if side.known.curator else ""
    return printable(side.known.name + curator)


def _about(side: Side) -> str:
    said = [plural(side.campaigns, "campaign")]
    if side.songs:
        said.append(f"seen with {plural(side.songs, 'song')}")
        said.append(f"{side.streams or 0:,} streams in 28 days")
    elif side.songs == 0:
        said.append("in no scrape")
    return printable("; ".join([*said, *side.emails]))


def render_queue(pairs: Iterable[Pair], console: Console) -> None:
    """Print the pairs as a table."""
    table = make_table(
        ("score", "right"), ("kind", "left"), ("name", "left"), ("may be", "left"), ("why", "left")
    )
    for pair in pairs:
        words = (pair.kind, _called(pair.alias), _called(pair.stands), printable(pair.evidence))
        table.add_row(str(pair.score), *map(Text, words))
    console.print(table)


def printable(text: str) -> str:
    """The text without what a terminal would obey: control characters, turns of direction."""
    return "".join(
        repr(each)[1:-1]
        if unicodedata.category(each) in {"Cc", "Zl", "Zp"} or each in DIRECTIONS
        else each
        for each in text
    )


def say(sentence: str, console: Console) -> None:
    """Print a sentence as text and nothing more."""
    console.print(Text(printable(sentence)), soft_wrap=True)
