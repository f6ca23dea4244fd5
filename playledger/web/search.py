"""What a search of a list looks at: texts of the listed row, and of rows that it is linked to.

    Search (declared in lists/), placeholders of words ──► conditions in SQL

Words are looked up in indexes where few rows match, and each row is tested where most rows do.
"""

from collections.abc import Iterator
from dataclasses import dataclass

# The words of a text without accents. The macro `search_vector` gives indexes the same expression.
WORDS_OF = (
    "to_tsvector('simple', regexp_replace(regexp_replace(normalize({text}, nfkd), "
    "'[\\u0300-\\u036f]', '', 'g'), '[^[:alnum:]]+', ' ', 'g'))"
)


@dataclass(frozen=True, slots=True)
class LinkedText:
    """A text of another table: the listed row's `column` is one of the `keys` of a row there.

    `join` joins the two tables where a key is not a plain column. `keys_per_row` is how many keys
    lead to one listed row.
    """

    column: str
    table: str
    keys: str
    text: str
    join: str = ""
    keys_per_row: int = 1

    def select(self, columns: str, condition: str) -> str:
        """A query on the table, where it has rows that meet the condition."""
        return f"select {columns} from {{ledger}}.{self.table} as {self.table} where {condition}"

    def correlated(self, columns: str, condition: str = "true") -> str:
        """The same for a listed row; `offset 0` keeps PostgreSQL from joining the whole tables."""
        join = self.join or f"{self.table}.{self.keys} = {self.column}"
        return f"({self.select(columns, f'{join} and {condition}')} offset 0)"


@dataclass(frozen=True, slots=True)
class Search:
    """Each word of a search is the beginning of a word in one of these texts.

    `max_count` limits how many rows are counted, where words match most rows of a large table.
    """

    own: tuple[str, ...] = ()
    linked: tuple[LinkedText, ...] = ()
    max_count: int | None = None

    def terms(self, words: list[str]) -> list[str]:
        """The words as text searches; one for all of them where there is a single text."""
        terms = [f"'{word}':*" for word in words]
        is_single_text = len(self.own) + len(self.linked) == 1
        return [" & ".join(terms)] if terms and is_single_text else terms

    def index_condition(self, term: str, max_rows: int | None = None) -> str:
        """A condition that indexes answer: one of the texts has the term.

        With `max_rows` only the first linked keys are looked up, enough for about so many rows.
        """
        return f"({' or '.join(self._index_conditions(term, max_rows))})"

    def _index_conditions(self, term: str, max_rows: int | None) -> Iterator[str]:
        for text in self.own:
            yield matches(text, term)
        for each in self.linked:
            keys = each.select(each.keys, matches(each.text, term))
            if max_rows:
                keys += f" limit {max_rows * each.keys_per_row}"
            # An array is looked up in an index key by key; a long one is slower than a hash of all.
            is_array = max_rows or self.own
            yield f"{each.column} {f'= any(array({keys}))' if is_array else f'in ({keys})'}"

    def count_keys(self, table: str, terms: list[str]) -> str:
        """A query: how many rows of the listed and the linked tables have each term, counted up to
        the placeholder `limit` in each table.
        """
        totals = []
        for term in terms:
            queries = [f"select from {table} where {matches(text, term)}" for text in self.own]
            queries += [each.select("", matches(each.text, term)) for each in self.linked]
            counts = (f"(select count(*) from ({each} limit %(limit)s) as t)" for each in queries)
            totals.append(f"{' + '.join(counts)} as {term}")
        return f"select {', '.join(totals)}"

    def row_condition(self, term: str) -> str:
        """A condition on one row: its texts together have all words, which are the term."""
        if not self.own and len(self.linked) == 1:
            (text,) = self.linked
            return f"exists {text.correlated('', matches(text.text, term))}"
        texts = [*self.own, *(each.correlated(each.text) for each in self.linked)]
        return matches(f"concat_ws(' ', {', '.join(texts)})", term)


def matches(text: str, term: str) -> str:
    """A condition: the text has what the text search in that placeholder asks for."""
    return f"{WORDS_OF.format(text=text)} @@ %({term})s::tsquery"
