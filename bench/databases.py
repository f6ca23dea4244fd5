"""Databases to measure in, new or copied, in an embedded server of the bench's own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import psycopg2
from psycopg2.extensions import make_dsn

from loaders.database import Database, open_database

if TYPE_CHECKING:
    from loaders.settings import Settings


def empty_database(settings: Settings, name: str, like: Database | None = None) -> Database:
    """A new database, empty or with the content of another; an older one of its name is dropped."""
    server = open_database(replace(settings, database_url=None))
    conn = psycopg2.connect(make_dsn(**{**server.parameters, "dbname": "postgres"}))
    conn.autocommit = True
    with conn.cursor() as cur:
        cur.execute(f"drop database if exists {name} with (force)")
        template = f" template {like.parameters['dbname']} strategy file_copy" if like else ""
        cur.execute(f"create database {name}{template}")
        cur.execute("checkpoint")  # earlier writes must not count in the next figure
    conn.close()
    return Database({**server.parameters, "dbname": name}, is_embedded=True)


def address_of(database: Database) -> str:
    """The address of a database, as DATABASE_URL of a process."""
    names = ("host", "user", "dbname")
    return " ".join(f"{name}={database.parameters[name]}" for name in names)
