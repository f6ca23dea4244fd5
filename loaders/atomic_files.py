"""Files that are written whole or not at all.

    path, content ──► write_whole() ──► a hidden file beside it, synced to disk ──► renamed to path

A process that is killed leaves the file as it was; a reader never meets half of one.
"""

import os
import shutil
from pathlib import Path


def write_whole(path: Path, content: bytes, *, is_private: bool = False) -> None:
    """Write a file and make its folder if needed; raises OSError, and then the old file is there.

    A file that is replaced keeps its mode. `is_private` makes it readable by its owner alone,
    whatever it was.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.new")
    unfinished.unlink(missing_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    try:
        with os.fdopen(os.open(unfinished, flags, 0o600 if is_private else 0o666), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if not is_private and path.exists():
            shutil.copymode(path, unfinished)
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
