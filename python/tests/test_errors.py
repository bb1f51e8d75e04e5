"""What is wrong is an exception that says where, and pickles."""

from __future__ import annotations

import pickle
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

import fedpath

from conftest import DAYS


def raised(call: Any) -> fedpath.FedpathError:
    with pytest.raises(fedpath.FedpathError) as caught:
        call()
    again = pickle.loads(pickle.dumps(caught.value))
    assert type(again) is type(caught.value) and str(again) == str(caught.value)
    assert again.__dict__ == caught.value.__dict__
    return caught.value


def test_a_text_names_line_and_column() -> None:
    error = raised(lambda: fedpath.read_quotes(b"# as_of: 2025-11-21\ncontract,price\nZQZ25,96.2x\nZQF26,9.y\n"))
    assert isinstance(error, fedpath.QuoteError) and isinstance(error, ValueError)
    assert (error.file, error.line, error.column, len(error.problems)) == ("<bytes>", 3, 7, 2)
    assert str(error).startswith("<bytes>:3:7: expected a price")


def test_a_frame_names_row_and_column() -> None:
    import polars

    frame = polars.DataFrame({"date": ["2025-11-21"] * 2, "contract": ["ZQZ25", "ZQF26"], "settle": [96.18, 3.82]})
    error = raised(lambda: fedpath.read_quotes(frame))
    assert isinstance(error, fedpath.QuoteError)
    assert (error.line, error.column) == (1, "settle") and "found 3.82" in str(error)


def test_quotes_without_an_answer() -> None:
    error = raised(lambda: fedpath.probs({"ZQX25": 96.12}, as_of="2025-11-21"))
    assert isinstance(error, fedpath.PricingError) and error.kind == "not-priced"


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"chian": 3}, "chian"),
        ({"method": "fedwach"}, "fedwach"),
        ({"target": "4-3"}, "4-3"),
        ({"decision_day": "olde"}, "olde"),
        ({"drop_meeting": ["2025-12-11"]}, "2025-12-11"),
    ],
)
def test_options_are_checked(options: dict[str, Any], told: str) -> None:
    error = raised(lambda: fedpath.probs(DAYS["2025-11-21"], as_of="2025-11-21", **options))
    assert isinstance(error, fedpath.OptionError) and told in str(error)


def test_files_that_are_not_there() -> None:
    with pytest.raises(FileNotFoundError):
        fedpath.probs("no-such-file.csv")
    with pytest.raises(FileNotFoundError, match=r"no-such-rates\.csv"):
        fedpath.probs(DAYS["2025-11-21"], as_of="2025-11-21", fixings="no-such-rates.csv")


def test_a_wheel_on_the_path_says_what_to_do(tmp_path: Any) -> None:
    # As --py-files of Spark puts it there.
    archive = tmp_path / "fedpath-0.1.0.whl"
    package = Path(fedpath.__file__).parent
    with zipfile.ZipFile(archive, "w") as wheel:
        for path in package.iterdir():
            if path.is_file():
                wheel.write(path, f"fedpath/{path.name}")
    code = f"import sys; sys.path.insert(0, {str(archive)!r}); import fedpath"
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True)
    assert done.returncode == 1 and "cannot load from the archive" in done.stderr.splitlines()[-1]


def test_charts_that_are_not_there(day_file: str) -> None:
    assert "bars" in str(raised(lambda: fedpath.probs(day_file).chart("pie")))
    assert "no chart" in str(raised(lambda: fedpath.probs(day_file).chart("equity")))
