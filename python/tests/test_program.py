"""The program that the wheel brings: a launcher of the compiled library."""

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest


@pytest.fixture
def path() -> str:
    found = os.environ.get("FEDPATH_PROGRAM", "")
    if not found:
        pytest.skip("FEDPATH_PROGRAM does not name the program")
    return found


def test_exit_codes_are_the_programs_own(path: str, tmp_path: Path) -> None:
    for words, code in [(["reprice"], 0), (["probs", "absent.csv"], 1), (["prob"], 2)]:
        assert subprocess.run([path, *words], cwd=tmp_path, capture_output=True).returncode == code


def test_names_of_files_need_not_be_text(path: str, tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/quotes-\xff.csv"
    with open(name, "w") as file:
        file.write("# as_of: 2025-11-21\ncontract,price\nZQX25,96.12\nZQZ25,96.18\nZQF26,96.215\nZQG26,96.285\n")
    done = subprocess.run([os.fsencode(path), b"probs", name], capture_output=True)
    assert (done.returncode, b"35.0" in done.stdout) == (0, True), done.stderr


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_an_interrupt_ends_it_unless_it_is_ignored(path: str) -> None:
    for before, code in [("", -signal.SIGINT), ("trap '' INT; ", 1)]:
        running = subprocess.Popen(["sh", "-c", f'{before}exec "$0" probs -', path], stdin=subprocess.PIPE)
        time.sleep(1)
        running.send_signal(signal.SIGINT)
        # Nothing more comes, and nothing is no quotes.
        running.communicate(timeout=10)
        assert running.returncode == code
