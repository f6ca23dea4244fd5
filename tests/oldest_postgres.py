"""Load, build and test on the oldest PostgreSQL that is promised: `make test-oldest-postgres`.

    OLDEST_POSTGRES_URL, else Debian's package ──► playledger sync, dbt build, pytest

The other tests run on the embedded server, which is a newer one. As root on Debian the package is
installed where it is missing; a server that `OLDEST_POSTGRES_URL` names is taken as it is.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg2

from tests.project import PROJECT

VERSION = 15
BIN = Path(sys.executable).parent
SERVER_BIN = Path(f"/usr/lib/postgresql/{VERSION}/bin")
OWNER = "postgres"  # PostgreSQL refuses to run as root
NAME = "oldest_postgres"
TESTS = (  # what the statements of a load and a build come to; the others repeat them at length
    "tests/python/models/test_end_to_end.py",
    "tests/python/models/test_history.py",
    "tests/python/models/test_indexes.py",
    "tests/python/loaders",
    "--ignore=tests/python/loaders/test_database.py",  # about the embedded server
)
COMMANDS = (
    [BIN / "playledger", "sync"],
    [BIN / "dbt", "--quiet", "build", "--selector", "everything"],
    [BIN / "pytest", "-m", "database", *TESTS],
)


def install() -> None:
    """Install Debian's package where it is missing; SystemExit where that cannot be done."""
    if SERVER_BIN.is_dir():
        return
    apt = shutil.which("apt-get")
    if apt is None or os.geteuid() != 0:
        sys.exit(f"There is no PostgreSQL {VERSION} here: set OLDEST_POSTGRES_URL to one.")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update", "-qq"], ["install", "-qq", "-y", f"postgresql-{VERSION}"]):
        subprocess.run([apt, *command], env=environment, stdout=subprocess.DEVNULL, check=True)  # noqa: S603


@contextmanager
def started(folder: Path) -> Iterator[str]:
    """A server on loopback with its data in a folder, stopped afterwards; its address."""
    data = folder / "data"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    shutil.chown(folder, OWNER)
    _as_owner("initdb", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", f"--pgdata={data}")
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}"
    options += " -c fsync=off"  # it need not survive a crash of the machine
    _as_owner("pg_ctl", "start", "-w", f"--pgdata={data}", f"--log={folder / 'log'}", "-o", options)
    try:
        yield f"postgresql://{OWNER}@127.0.0.1:{port}/postgres"
    finally:
        _as_owner("pg_ctl", "stop", "-m", "fast", f"--pgdata={data}")


def _as_owner(program: str, *arguments: str) -> None:
    command = [str(SERVER_BIN / program), *arguments]
    if os.geteuid() == 0:
        command = ["runuser", "-u", OWNER, "--", *command]
    subprocess.run(command, cwd="/", stdout=subprocess.DEVNULL, check=True)  # noqa: S603


def run(server: str, home: Path) -> int:
    """Run the commands on a server, in a new database; 0 when each of them ends well."""
    conn = psycopg2.connect(server)
    conn.autocommit = True
    with conn.cursor() as cur:
        cur.execute("show server_version")
        version = cur.fetchone()[0]
        if int(version.partition(".")[0]) != VERSION:
            sys.exit(f"OLDEST_POSTGRES_URL is PostgreSQL {version}, not {VERSION}.")
        cur.execute(f"drop database if exists {NAME}")
        cur.execute(f"create database {NAME}")
    conn.close()
    address = f"{server.rpartition('/')[0]}/{NAME}"
    environment = {
        **os.environ,
        "DATABASE_URL": address,
        "TEST_DATABASE_URL": server,
        "PLAYLEDGER_HOME": str(home),
    }
    for command in COMMANDS:
        # `pytest` makes databases of its own: DATABASE_URL would be one too many.
        dropped = {"DATABASE_URL"} if command[0].name == "pytest" else set()
        used = {name: value for name, value in environment.items() if name not in dropped}
        sys.stdout.write(f"PostgreSQL {version}: {command[0].name} {' '.join(command[1:])}\n")
        sys.stdout.flush()
        if code := subprocess.run(command, cwd=PROJECT, env=used, check=False).returncode:  # noqa: S603
            return code
    return 0


def main() -> int:
    """Run the commands on the server that is named, else on one that is started here."""
    from tests.profiles import kept_profiles

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder, kept_profiles():
        home = Path(folder) / "home"
        if named := os.environ.get("OLDEST_POSTGRES_URL"):
            return run(named, home)
        install()
        place = Path(folder) / "server"
        place.mkdir()
        Path(folder).chmod(0o755)  # another user's server runs in it
        with started(place) as server:
            return run(server, home)


if __name__ == "__main__":
    sys.exit(main())
