"""The review of possible duplicates: what is shown, asked, answered, and written."""

import io

import pytest
from rich.console import Console

from playledger.review.alias_seeds import AliasSeeds, EntityName
from playledger.review.name_prompt import print_queue, printable, review_pairs
from playledger.review.name_queue import NamePair, Side
from tests.python.playledger.review.test_alias_seeds import folder, lines  # noqa: F401


def side(name: str, campaigns: int, *emails: str) -> Side:
    return Side(EntityName(name), campaigns, None, None, emails)


def pair(alias: str, kept: str, kind: str = "client") -> NamePair:
    why = "names 93 % alike; shared address a@b.example"
    return NamePair(kind, 93, why, side(kept, 5, "a@b.example"), side(alias, 1))


def reviewed(folder, pairs, answers) -> tuple[str, dict]:  # noqa: F811
    shown = io.StringIO()
    answer = iter(answers)
    done = review_pairs(
        pairs, AliasSeeds(folder), Console(file=shown, width=100), lambda _: next(answer, None)
    )
    return shown.getvalue(), dict(done)


def test_every_answer_is_done(folder):  # noqa: F811
    pairs = [pair(f"alias {n}", f"name {n}") for n in range(6)]
    shown, done = reviewed(folder, pairs, ["a", "what?", "s", "reject", "L", "q", "a"])
    assert done == {"accept": 2, "reject": 1, "later": 1}
    assert lines(folder) == [["alias 0", "name 0"], ["name 1", "alias 1"]]
    assert lines(folder, "rejected_matches") == [["client", "name 2", "alias 2"]]
    assert "1 of 6: client, score 93 of 100" in shown
    assert "name 0" in shown
    assert "5 campaigns; a@b.example" in shown
    assert "1 campaign\n" in "\n".join(line.rstrip() for line in shown.splitlines()) + "\n"
    assert "names 93 % alike; shared address a@b.example" in shown
    assert "Merge “alias 4” into “name 4”?" in shown
    assert "alias 5" not in shown


def test_the_end_of_the_answers_is_the_end_of_the_review(folder):  # noqa: F811
    _, done = reviewed(folder, [pair("A", "B"), pair("C", "D")], ["a"])
    assert done == {"accept": 1}
    assert lines(folder) == [["A", "B"]]


def test_an_alias_is_not_asked_about_again(folder):  # noqa: F811
    shown, done = reviewed(folder, [pair("A", "B"), pair("A", "C"), pair("D", "B")], ["a", "r"])
    assert done == {"accept": 1, "decided": 1, "reject": 1}
    assert "“C”" not in shown
    assert lines(folder, "rejected_matches") == [["client", "B", "D"]]


@pytest.mark.parametrize("name", ["[bold]x[/bold]", "[/]", "\x1b[2Jx", "a\u202eb", "\x07"])
def test_a_name_is_shown_as_text_and_nothing_more(folder, name):  # noqa: F811
    shown, _ = reviewed(folder, [pair(name, "B")], ["a"])
    assert printable(name) in shown
    table = io.StringIO()
    print_queue([pair(name, "B")], Console(file=table, width=100))
    assert printable(name) in table.getvalue()
    for sign in "\x1b\u202e\x07":
        assert sign not in shown + table.getvalue()
    assert lines(folder) == [[name, "B"]]


def test_signs_that_a_terminal_obeys_are_spelled_out():
    assert printable("a\x1b[1m\u202e\x7fé🔥") == "a\\x1b[1m\\u202e\\x7fé🔥"
