"""Files are read beside dlt, and no longer than somebody waits for them."""

import threading
from concurrent.futures import CancelledError, ThreadPoolExecutor

import pytest
from rich.console import Console

from loaders.progress import Progress
from loaders.reading import Reading
from loaders.source_file import inspect_file


def test_a_reading_that_nobody_waits_for_ends_with_its_batch(tmp_path):
    path = tmp_path / "export.csv"
    path.write_text("Campaign,Notes\nA - B,c\n")
    gate, progress = threading.Event(), Progress(Console(quiet=True), 1, 1)
    with ThreadPoolExecutor(1) as beside:
        beside.submit(gate.wait)
        files = [inspect_file(path, "export")]
        reading = Reading("staging_airtable", files, tmp_path / "parts", progress, beside)
        reading.stop()
        gate.set()
        reading.wait()
        assert (reading.read, progress.records) == ({}, 0)
        with pytest.raises(CancelledError):
            next(reading.items("campaigns"))
