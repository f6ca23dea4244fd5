"""Where a page of a list begins: the row that it comes after, or ends before.

    row of a page ──► Cursor ──► ?after=WyItc3RhcnRf... ──► Cursor ──► conditions in SQL

A page is found by the values of that row (keyset pagination), so that rows which come or go
meanwhile neither repeat nor hide others, and the hundredth page costs what the first one does.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import orjson

LONGEST = 4_000  # letters of a cursor in an address
LAST_POSITION = 10**9


@dataclass(frozen=True, slots=True)
class Cursor:
    """A row of a list: its sort value and key, as PostgreSQL writes them, and its position from 1.

    It holds for the order that it was made in. `is_before` asks for the page that ends before it.
    """

    order: str
    position: int
    values: tuple[str | None, ...]
    is_before: bool = False

    def encode(self) -> str:
        """The cursor as a value in an address."""
        text = orjson.dumps([self.order, self.position, *self.values])
        return urlsafe_b64encode(text).decode().rstrip("=")

    @classmethod
    def decode(cls, text: str, *, is_before: bool) -> Self:
        """A cursor out of an address; raises ValueError when it is not one of ours."""
        padding = "=" * (-len(text) % 4)
        match orjson.loads(urlsafe_b64decode(text[:LONGEST] + padding)):
            case [str(order), int(position), sort_value, *key] if (
                0 < position < LAST_POSITION
                and isinstance(sort_value, str | None)
                and key
                and all(isinstance(part, str) for part in key)
                and not any("\0" in part for part in (sort_value or "", *key))
            ):
                return cls(order, position, (sort_value, *key), is_before)
        raise ValueError("not a cursor of a list")

    @property
    def parameters(self) -> dict[str, str | None]:
        """Its values by the names of their placeholders."""
        return {f"cursor_{place}": value for place, value in enumerate(self.values)}

    def sides(self, columns: Sequence[str]) -> list[str]:
        """Conditions on sort column and key for the rows on its side, those of the nearest first.

        Rows without a sort value come last; a condition of their own leaves the other to an index.
        """
        sign = ">" if self.order.startswith("-") == self.is_before else "<"
        sort, *key = columns
        values = [f"%({name})s" for name in self.parameters]
        if self.values[0] is None:
            nearest = f"{sort} is null and {_row(key)} {sign} {_row(values[1:])}"
            return [nearest, f"{sort} is not null"] if self.is_before else [nearest]
        nearest = f"{_row(columns)} {sign} {_row(values)}"
        return [nearest] if self.is_before else [nearest, f"{sort} is null"]


def _row(parts: Sequence[str]) -> str:
    return f"({', '.join(parts)})"
