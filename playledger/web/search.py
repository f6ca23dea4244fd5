"""What a search looks at: words of a list's own texts, and of other tables that its rows lead to.

    Search (declared in lists/), a word ──► Condition: SQL, and sets of keys that it needs

Sets are named queries that PostgreSQL makes once. What many rows match is walked instead, row by
row in the order of an index: `walked` tests one row, where a set would be most of a table.
"""

from __future__ import annotations

from dataclasses import dataclass, field

# The words of a text without accents: an index of the same expression answers a search.
WORDS_OF = (
    "to_tsvector('simple', regexp_replace(regexp_replace(normalize({column}, nfkd), "
    "'[\\u0300-\\u036f]', '', 'g'), '[^[:alnum:]]+', ' ', 'g'))"
)


@dataclass(frozen=True, slots=True)
class There:
    """A text of another table: `column` of a listed row is among the `keys` of what matches there.

    `meets` joins the two where a key is more than a column: such a text is the only one of its
    search. `per_row` is how many keys lead to one row where the tables are large.
    """

    column: str
    table: str
    keys: str
    text: str
    meets: str = ""
    per_row: int = 1


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition on a listed row; `sets` are named queries for keys that it looks into, `cut`
    conditions that hold when one of them does not have all.
    """

    sql: str
    sets: dict[str, str] = field(default_factory=dict)
    cut: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Search:
    """Each word of a search is the beginning of a word in one of these texts.

    `enough` rows are not counted farther: fewer than `COUNTED` where words lead to most of a large
    table.
    """

    own: tuple[str, ...] = ()
    there: tuple[There, ...] = ()
    enough: int | None = None

    def parts(self, words: list[str]) -> list[str]:
        """The words as text searches; together where all must be in the one text that there is."""
        texts = [f"'{word}':*" for word in words]
        return [" & ".join(texts)] if self._is_one_text else texts

    def found(self, word: str, first: int | None) -> Condition:
        """By sets of keys; `word` is the placeholder of a part. Sets have what leads to about so
        many rows at first, or all.

        Each key is looked up in an index; of all, each row in the set, since an array of most keys
        may be gone through for every row. Not where that takes an own text of every row apart.
        """
        limits = {
            f"{word}_{place}": first * each.per_row if first else None
            for place, each in enumerate(self.there)
        }
        sets = {
            name: f"select {each.keys} as key from {{ledger}}.{each.table} as {each.table} "
            f"where {matches(each.text, word)} {f'limit {limit}' if limit else ''}"
            for each, (name, limit) in zip(self.there, limits.items(), strict=True)
        }
        cut = (
            f"(select count(*) from {name}) >= {limit}" for name, limit in limits.items() if limit
        )
        among = (
            "= any(array(select key from {}))" if first or self.own else "in (select key from {})"
        )
        there = (
            f"{each.column} {among.format(name)}"
            for name, each in zip(sets, self.there, strict=True)
        )
        return Condition(self._any(word, there), sets, tuple(cut))

    def walked(self, words: str) -> Condition:
        """Row by row, `words` being the placeholder of all: in all texts of the row as one, or in
        the one text of any row that it leads to. `offset 0` keeps PostgreSQL from making a set.
        """
        rows = [
            f"from {{ledger}}.{each.table} as {each.table} "
            f"where {each.meets or f'{each.table}.{each.keys} = {each.column}'}"
            for each in self.there
        ]
        if self._is_one_text:
            there = [
                f"exists (select {found} and {matches(each.text, words)} offset 0)"
                for each, found in zip(self.there, rows, strict=True)
            ]
            return Condition(self._any(words, there))
        there = [
            f"(select {each.text} {found} offset 0)"
            for each, found in zip(self.there, rows, strict=True)
        ]
        return Condition(matches(f"concat_ws(' ', {', '.join([*self.own, *there])})", words))

    @property
    def _is_one_text(self) -> bool:
        return len(self.own) + len(self.there) == 1

    def _any(self, word: str, there: object) -> str:
        return f"({' or '.join([*(matches(text, word) for text in self.own), *there])})"


def matches(text: str, word: str) -> str:
    """A condition: the text has what the text search in that placeholder asks for."""
    return f"{WORDS_OF.format(column=text)} @@ %({word})s::tsquery"
