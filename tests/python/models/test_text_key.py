"""One key for one name: the ledger's function and the account's agree, on any server."""

from __future__ import annotations

import sys

import psycopg2
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg2.extensions import make_dsn

from loaders.cell_rules import text_key
from tests.python.support.ledger import administer

KEYS = "select coalesce(ledger.text_key(name), '') from unnest(%s::text[]) as given (name)"
FUNCTIONS = """
    select pg_get_functiondef(oid) from pg_proc
    where proname in ('fold_case', 'text_key') and pronamespace = 'ledger'::regnamespace
    order by proname
"""
# A server has those that it was built with; `C` folds no letter beyond ASCII.
LOCALES = (
    "locale 'C'",
    "locale 'C.UTF-8'",
    "locale 'C' locale_provider builtin builtin_locale 'PG_UNICODE_FAST'",
    "locale 'C' locale_provider icu icu_locale 'tr-TR'",
    "locale 'C' locale_provider icu icu_locale 'lt-LT'",
)
CASED = [
    letter
    for letter in map(chr, range(1, sys.maxunicode + 1))
    if {letter.lower(), letter.upper(), letter.casefold()} != {letter}
]
# NUL is no text to PostgreSQL; a letter of a later Unicode has other forms on a newer server.
texts = st.text(
    st.characters(exclude_categories=("Cs", "Cn"), exclude_characters="\0"), max_size=20
)


def differences(ask, names: list[str]) -> list[tuple[str, str, str]]:
    keys = [key for (key,) in ask(KEYS, names)]
    return [
        (name, text_key(name), key)
        for name, key in zip(names, keys, strict=True)
        if text_key(name) != key
    ]


def in_words() -> list[str]:
    return [
        word
        for letter in CASED
        for word in (letter, f"A{letter}", f"{letter.upper()} é{letter.lower()}{letter}\u0301")
    ]


def test_every_letter_with_case_has_one_key(ledger):
    assert len(CASED) > 2_500
    assert differences(ledger.ask, in_words()) == []
    for letter in CASED:
        spellings = (letter, letter.lower(), letter.casefold())
        assert len({text_key(spelling) for spelling in spellings}) == 1, letter


def test_the_key_is_the_same_in_every_locale(ledger):
    definitions = [definition for (definition,) in ledger.ask(FUNCTIONS)]
    name = f"{ledger.database.parameters['dbname']}_locale"
    tried = []
    for locale in LOCALES:
        template = f"create database {name} template template0 encoding 'UTF8' {locale}"
        try:
            administer(ledger.database, template)
        except psycopg2.Error:
            continue
        tried.append(locale)
        try:
            assert differences_elsewhere(ledger, name, definitions) == [], locale
        finally:
            administer(ledger.database, f"drop database {name} with (force)")
    assert LOCALES[0] in tried
    assert len(tried) > 1


def differences_elsewhere(ledger, name: str, definitions: list[str]) -> list:
    other = psycopg2.connect(make_dsn(**{**ledger.database.parameters, "dbname": name}))
    with other.cursor() as cursor:
        cursor.execute("create schema ledger")
        for definition in definitions:
            cursor.execute(definition)

        def ask(query: str, *values: object) -> list[tuple]:
            cursor.execute(query, values)
            return cursor.fetchall()

        return differences(ask, in_words())


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(names=st.lists(texts, min_size=1, max_size=200))
def test_any_text_has_one_key(ledger, names):
    assert differences(ledger.ask, names) == []
    assert [text_key(text_key(name)) for name in names] == [text_key(name) for name in names]
