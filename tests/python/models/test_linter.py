"""What the SQL linter takes for the macros that a model loops over is like the real ones."""

from typing import Any

import jinja2
import pytest

from tests.linter import stand_ins

MACROS = {
    name: path.read_text()
    for path in stand_ins.MACROS.rglob("*.sql")
    for name in stand_ins.NAME.findall(path.read_text())
}


class Returned(Exception):
    """What a macro gives, as dbt's `return` does it."""


def give(value: Any) -> None:
    raise Returned(value)


@pytest.mark.parametrize(
    "name", ["campaign_cells", "campaign_columns", "cell_limits", "export_columns"]
)
def test_entries_of_a_stand_in_are_entries_of_its_macro(name):
    environment = jinja2.Environment(extensions=["jinja2.ext.do"])  # noqa: S701 (it writes SQL)
    macros = environment.from_string(MACROS[name], globals={"return": give}).module
    with pytest.raises(Returned) as returned:
        getattr(macros, name)()
    real, entries = returned.value.args[0], stand_ins.GIVEN[name]
    if isinstance(real, list):
        assert set(entries) <= set(real)
    else:
        assert {key: like(real[key], entry) for key, entry in entries.items()} == entries


def like(real: Any, entry: Any) -> Any:
    """The parts of a real entry that the stand-in has."""
    return {key: real[key] for key in entry} if isinstance(entry, dict) else real


def test_every_macro_has_a_stand_in_that_gives_its_call():
    assert set(stand_ins.GIVEN) <= set(MACROS)
    assert all(callable(getattr(stand_ins, name)) for name in MACROS)
    assert stand_ins.parse_shown_date("rows.cell", scraped_on="rows.day") == (
        "parse_shown_date(rows.cell, rows.day)"
    )
