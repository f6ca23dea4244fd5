"""Ask a person about each pair of names, and store every answer before the next question.

    NamePair ..., answers ──► review_pairs() ──► seeds, counts of answers

Leaving at any time loses nothing: what was answered is in the seeds.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable

from rich.console import Console
from rich.text import Text

from loaders.errors import UserError
from loaders.text import plural
from playledger.console.account import make_table
from playledger.review.alias_seeds import AliasSeeds
from playledger.review.name_queue import NamePair, Side

QUESTION = "[a]ccept, [s]wap (keep the other name), [r]eject, [l]ater, [q]uit"
ANSWERS = {"a": "accept", "s": "swap", "r": "reject", "l": "later", "q": "quit"}
# Control characters, ends of lines and paragraphs, and signs that set a direction.
OBEYED = re.compile("[\0-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


def review_pairs(
    pairs: list[NamePair], seeds: AliasSeeds, console: Console, ask: Callable[[str], str | None]
) -> Counter[str]:
    """Show each pair and store what is answered; how many were `accept`, `reject`, `later`, and
    `decided` with an earlier one.

    `ask` answers a question, with None when there are no more answers. Raises UserError when the
    first answer cannot be stored; later ones end the review.
    """
    counts: Counter[str] = Counter()
    for position, pair in enumerate(pairs, 1):
        if seeds.decisions(pair.kind).cover(pair.kept.entity, pair.alias.entity):
            counts["decided"] += 1
            continue
        _show(pair, f"{position} of {len(pairs)}", console)
        answer = _read_answer(ask)
        if answer == "quit":
            break
        try:
            notes = _store(answer, pair, seeds)
        except UserError as error:
            if counts["accept"] + counts["reject"]:
                print_text(str(error), console)
                break
            raise
        for note in notes:
            print_text(f"  {note}", console)
        counts["accept" if answer == "swap" else answer] += 1
    return counts


def _read_answer(ask: Callable[[str], str | None]) -> str:
    while (given := ask(QUESTION)) is not None:
        word = given.strip().lower()
        answer = ANSWERS.get(word[:1])
        if answer and answer.startswith(word):
            return answer
    return "quit"


def _store(answer: str, pair: NamePair, seeds: AliasSeeds) -> list[str]:
    kept, alias = pair.kept.entity, pair.alias.entity
    if answer == "later":
        return []
    if answer == "reject":
        return seeds.reject(pair.kind, kept, alias)
    return seeds.accept(pair.kind, *((kept, alias) if answer == "swap" else (alias, kept)))


def _show(pair: NamePair, position: str, console: Console) -> None:
    console.print(Text(f"\n{position}: {pair.kind}, score {pair.score} of 100", "dim"))
    table = make_table(("", "left"), ("", "left"))
    for side, style in ((pair.kept, "bold"), (pair.alias, "")):
        table.add_row(Text(f"  {_label(side)}", style), Text(_details(side), "dim"))
    console.print(table)
    print_text(f"  {pair.evidence}", console)
    print_text(f"  Merge “{pair.alias.entity.name}” into “{pair.kept.entity.name}”?", console)


def _label(side: Side) -> str:
    curator = f" by {side.entity.curator}" if side.entity.curator else ""
    return printable(side.entity.name + curator)


def _details(side: Side) -> str:
    details = [plural(side.campaigns, "campaign")]
    if side.songs:
        details.append(f"seen with {plural(side.songs, 'song')}")
        details.append(f"{side.streams or 0:,} streams in 28 days")
    elif side.songs == 0:
        details.append("in no scrape")
    return printable("; ".join([*details, *side.emails]))


def print_queue(pairs: Iterable[NamePair], console: Console) -> None:
    """Print the pairs as a table: name A would be merged into name B."""
    table = make_table(
        ("score", "right"), ("kind", "left"), ("name A", "left"), ("name B (kept)", "left"),
        ("why", "left"),
    )  # fmt: skip
    for pair in pairs:
        cells = (pair.kind, _label(pair.alias), _label(pair.kept), printable(pair.evidence))
        table.add_row(str(pair.score), *map(Text, cells))
    console.print(table)


def printable(text: str) -> str:
    """The text with what a terminal would obey spelled out: control and direction characters."""
    return OBEYED.sub(lambda found: repr(found[0])[1:-1], text)


def print_text(sentence: str, console: Console) -> None:
    """Print a sentence as plain text, without markup or control characters."""
    console.print(Text(printable(sentence)), soft_wrap=True)
