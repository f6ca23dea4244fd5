"""Where this project is: for tests and measurements that run what it holds."""

from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
