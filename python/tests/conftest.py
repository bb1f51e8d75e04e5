"""Quotes for the tests, and the program that the package has to agree with."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

DAYS = {
    "2025-11-20": {"2025-11": "96.1225", "2025-12": "96.2000", "2026-01": "96.2500", "2026-02": "96.3200", "2026-03": "96.3550"},
    "2025-11-21": {"2025-11": "96.1200", "2025-12": "96.1800", "2026-01": "96.2150", "2026-02": "96.2850", "2026-03": "96.3350"},
    "2025-11-28": {"2025-11": "96.1225", "2025-12": "96.1925", "2026-01": "96.3100", "2026-02": "96.3800", "2026-03": "96.3950"},
    # November has expired: its last settlement is carried.
    "2025-12-01": {"2025-12": "96.1863", "2026-01": "96.2900", "2026-02": "96.3600", "2026-03": "96.3800"},
}

LONG = "date,contract,settle\n" + "".join(
    f"{day},{contract},{price}\n" for day, prices in DAYS.items() for contract, price in prices.items()
)

# Real settlements, which are read where they lie and are no part of the project.
REAL = Path(os.environ.get("FEDPATH_REAL_DATA", Path(__file__).parents[2] / "../shared/data")) / "history/pyfedwatch_settle_1989_2023.csv.gz"


def rows() -> list[tuple[str, str, str]]:
    """One row a price."""
    return [(day, contract, price) for day, prices in DAYS.items() for contract, price in prices.items()]


@pytest.fixture(scope="session")
def program() -> Any:
    """Runs the program, where it is there, and gives its output."""
    path = os.environ.get("FEDPATH_PROGRAM", "")
    if not path:
        pytest.skip("FEDPATH_PROGRAM does not name the program")

    def run(*words: str, text: str | None = None) -> str:
        done = subprocess.run([path, *words], input=text, capture_output=True, text=True, check=True)
        return done.stdout

    return run


@pytest.fixture(scope="session")
def document(program: Any) -> Any:
    """The JSON document of a command."""
    return lambda *words, **more: json.loads(program(*words, "--format", "json", **more))


@pytest.fixture
def long_file(tmp_path: Path) -> str:
    """The quotes as a long file."""
    path = tmp_path / "long.csv"
    path.write_text(LONG)
    return str(path)


@pytest.fixture
def day_file(tmp_path: Path) -> str:
    """The quotes of one day as a file."""
    path = tmp_path / "day.csv"
    path.write_text("# as_of: 2025-11-21\ncontract,price\n" + "".join(f"{c},{p}\n" for c, p in DAYS["2025-11-21"].items()))
    return str(path)
