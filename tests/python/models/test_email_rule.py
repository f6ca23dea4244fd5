"""The rule for e-mail addresses, in SQL, beside a library that knows the standards."""

from __future__ import annotations

import pytest
from email_validator import EmailNotValidError, validate_email
from jinja2 import Environment

from loaders.database import open_database
from loaders.settings import Settings
from tests.project import PROJECT

ORDINARY = (
    "ann@mail.example",
    " Ann.Lee@Mail.EXAMPLE ",
    "ann+news@mail.example",
    "ann_lee-99@mail.example",
    "o'neil@mail.example",
    "a@b.co",
    "1@2.example",
    "!#$%&'*+/=?^_`{|}~-@mail.example",
    "ann@a.very.long.chain.of.names.example",
    "ann@123.example",
    "ann@mail-box.example",
    "ann@xn--bcher-kva.example",
    "ann@mail.xn--p1ai",
)
NONE_AT_ALL = (
    "",
    "N/A",
    "ann",
    "@",
    "@mail.example",
    "ann@",
    "ann@mail",
    "ann@localhost",
    "ann@.example",
    "ann@mail..example",
    "ann..lee@mail.example",
    ".ann@mail.example",
    "ann.@mail.example",
    "ann@-mail.example",
    "ann@mail-.example",
    "ann@mail_box.example",
    "ann@@mail.example",
    "ann@mail.example bob@mail.example",
    "ann@mail.example,bob@mail.example",
    "john doe@mail.example",
    "ann@ma il.example",
    "ann\\lee@mail.example",
    "ann(lee)@mail.example",
    '"ann lee"@mail.example',
    "<ann@mail.example>",
    "Ann Lee <ann@mail.example>",
    "mailto:ann@mail.example",
    "ann@127.0.0.1",
    "ann@[127.0.0.1]",
    "ann@mail.example/inbox",
    "https://mail.example/ann",
    "ann@" + "a" * 64 + ".example",
    "ann\u200b@mail.example",
)
# What people type around an address is no part of it: the ledger takes it off.
TAKEN_OFF = {
    "ann@mail.example.": "ann@mail.example",
    "ann@mail.example . ": "ann@mail.example",
    "ann @ mail.example": "ann@mail.example",
    "\u00a0ann@mail.example\u202f": "ann@mail.example",
    "ann@\u3000mail.example": "ann@mail.example",
}


@pytest.fixture(scope="session")
def read(server: Settings) -> dict[str, str | None]:
    """Each example as the macro `parse_email` reads it."""
    macros = "".join(path.read_text() for path in sorted(PROJECT.glob("macros/parse/*.sql")))
    rule = Environment().from_string(macros).module.parse_email("cell")  # noqa: S701
    examples = [*ORDINARY, *NONE_AT_ALL, *TAKEN_OFF]
    with open_database(server).connect() as conn, conn.cursor() as cursor:
        rows = ", ".join(["(%s)"] * len(examples))
        query = f"select cell, {rule.replace('%', '%%')} from (values {rows}) as examples (cell)"
        cursor.execute(query, examples)
        return dict(cursor.fetchall())


def by_the_library(text: str) -> str | None:
    try:
        found = validate_email(
            text.strip(), check_deliverability=False, allow_smtputf8=False, test_environment=True
        )
    except EmailNotValidError:
        return None
    return found.ascii_email.lower() if "." in found.domain else None


@pytest.mark.database
@pytest.mark.parametrize("text", ORDINARY)
def test_an_address_that_the_library_takes_is_read(text: str, read: dict[str, str | None]) -> None:
    assert by_the_library(text) is not None
    assert read[text] == by_the_library(text)


@pytest.mark.database
@pytest.mark.parametrize("text", NONE_AT_ALL)
def test_what_the_library_refuses_is_no_address(text: str, read: dict[str, str | None]) -> None:
    assert by_the_library(text) is None
    assert read[text] is None


@pytest.mark.database
@pytest.mark.parametrize("text", TAKEN_OFF)
def test_what_is_typed_around_an_address_is_taken_off(
    text: str, read: dict[str, str | None]
) -> None:
    assert read[text] == TAKEN_OFF[text] == by_the_library(TAKEN_OFF[text])
