"""The project folder: where the dbt project, the seeds and `profiles.yml` are.

a name (`--project`, `PLAYLEDGER_PROJECT`), else the current folder ──► locate_project() ──► Path
"""

from pathlib import Path

from loaders.errors import UserError

PROJECT_FILE = "dbt_project.yml"
NAME_LINE = "name: playlist_ledger"  # of that file


def locate_project(named: str | None) -> Path:
    """The project folder that is named, else the current folder or the nearest one above it.

    Raises UserError where there is none.
    """
    if named:
        folder = Path(named).expanduser().absolute()
        if not _is_project(folder):
            raise UserError(
                f"{folder} is no Playlist Ledger project: it has no {PROJECT_FILE} of one.\n"
                "Name its folder with --project or PLAYLEDGER_PROJECT. Nothing was done."
            )
        return folder
    here = Path.cwd()
    for folder in (here, *here.parents):
        if _is_project(folder):
            return folder
    raise UserError(
        f"There is no Playlist Ledger project in {here} or above.\n"
        "Go to its folder, or name it: `playledger --project DIR ...`, or set PLAYLEDGER_PROJECT. "
        "Nothing was done."
    )


def _is_project(folder: Path) -> bool:
    try:
        return NAME_LINE in (folder / PROJECT_FILE).read_text("utf-8").splitlines()
    except (OSError, ValueError):
        return False
