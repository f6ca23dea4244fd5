"""The project's `profiles.yml`, kept while something is loaded for show or to be measured."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tests.project import PROJECT


@contextmanager
def kept_profiles() -> Iterator[None]:
    """A load names its database in `profiles.yml`: afterwards that is as it was before."""
    profiles = PROJECT / "profiles.yml"
    before = profiles.read_bytes() if profiles.exists() else None
    try:
        yield
    finally:
        profiles.write_bytes(before) if before is not None else profiles.unlink(missing_ok=True)
