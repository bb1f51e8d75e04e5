"""Many days, from files and frames of every kind, against the program's CSV."""

from __future__ import annotations

import csv
import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

import fedpath

from conftest import DAYS, LONG, rows


def cells(frame: Any) -> list[tuple[str, ...]]:
    """The rows of a table as texts."""
    table = fedpath.history(frame, numbers="decimal").to_arrow().to_pylist()
    return [tuple(str(row[name]) for name in ("date", "meeting", "lower_bp", "upper_bp", "probability")) for row in table]


def frames() -> dict[str, Any]:
    """The same prices in every kind of frame."""
    import duckdb
    import narwhals
    import pandas
    import polars
    import pyarrow

    names = ["date", "contract", "settle"]
    text = polars.DataFrame(rows(), schema=names, orient="row")
    typed = text.with_columns(polars.col("date").str.to_date(), polars.col("settle").cast(polars.Float64))
    pandas_text = pandas.DataFrame(rows(), columns=names)
    wide = typed.pivot(on="contract", index="date", values="settle")
    return {
        "pandas text": pandas_text,
        "pandas timestamps": pandas_text.assign(date=pandas.to_datetime(pandas_text.date), settle=pandas_text.settle.astype(float)),
        "pandas categories": pandas_text.assign(contract=pandas_text.contract.astype("category")),
        "polars": typed,
        "polars decimal": text.with_columns(polars.col("settle").str.to_decimal(scale=5)),
        "polars categories": typed.with_columns(polars.col("contract").cast(polars.Categorical)),
        "polars 32 bits": typed.with_columns(polars.col("settle").cast(polars.Float32)),
        "polars expiry dates": typed.with_columns((polars.col("contract") + "-01").str.to_date().alias("contract")),
        "polars shuffled": typed.sample(fraction=1.0, shuffle=True, seed=1),
        "polars wide": wide,
        "polars wide of symbols": wide.rename({month: symbol(month) for month in wide.columns[1:]}),
        "pyarrow": typed.to_arrow(),
        "pyarrow in parts": pyarrow.concat_tables([typed[:5].to_arrow(), typed[5:].to_arrow()]),
        "pyarrow numbers": typed.with_columns(polars.col("contract").str.replace("-", "").cast(polars.Int64)).to_arrow(),
        "duckdb": duckdb.sql("SELECT * FROM typed"),
        "narwhals": narwhals.from_native(typed),
        "decimals in scientific form": pandas_text.assign(settle=[f"{Decimal(price):E}" for price in pandas_text.settle]),
    }


def symbol(month: str) -> str:
    """`2025-12` as `ZQZ25`."""
    return f"ZQ{'FGHJKMNQUVXZ'[int(month[5:]) - 1]}{month[2:4]}"


def test_every_frame_gives_the_same_cells() -> None:
    wanted = cells(LONG.encode())
    assert {row[0] for row in wanted} == set(DAYS)
    for kind, frame in frames().items():
        assert cells(frame) == wanted, kind


def test_cells_are_those_of_the_program(program: Any, long_file: str) -> None:
    wanted = [tuple(row) for row in csv.reader(program("history", long_file).splitlines())][1:]
    assert len(wanted) > 20 and cells(long_file) == wanted


def test_the_last_settlement_is_carried_over_the_month() -> None:
    first = [row for row in cells(LONG.encode()) if row[0] == "2025-12-01"]
    # By hand: November settled at 96.1225, so the rate before is 3.8775. February is 3.64, and January's 31 days at 3.71, of which
    # 3 are at February's rate, leave 3.7175 for the 28 days before: 16 bp lower.
    assert first[0][1:] == ("2025-12-10", "350", "375", "0.640000000000")


def test_figures_are_floats_decimals_and_fractions() -> None:
    by = {numbers: fedpath.history(LONG.encode(), numbers=numbers).to_arrow() for numbers in ("float", "decimal", "fraction")}  # type: ignore[arg-type]
    at = by["decimal"]["date"].to_pylist().index(dt.date(2025, 11, 21))
    assert [by[numbers]["probability"][at].as_py() for numbers in by] == [0.35, Decimal("0.350000000000"), "7/20"]


def test_rates_of_meetings() -> None:
    row = fedpath.history(LONG.encode(), layout="meetings").to_arrow().slice(0).to_pylist()
    on = next(at for at in row if at["date"] == dt.date(2025, 11, 21))
    assert (on["rate_before"], on["rate_after"]) == pytest.approx((3.88, 3.7925))
    assert (on["ease"], on["hold"], on["expected_moves"]) == pytest.approx((0.35, 0.65, -0.35))


def test_days_without_a_table_are_told() -> None:
    quotes = LONG + "2025-12-06,2026-01,96.29\n2025-12-08,2026-03,96.29\n"
    priced = fedpath.history(quotes.encode())
    assert [error.date for error in priced.errors] == [dt.date(2025, 12, 6), dt.date(2025, 12, 8)]
    assert "Saturday" in priced.errors[0].message
    told = fedpath.history(quotes.encode(), on_error="column").to_arrow().to_pylist()
    assert [row["date"] for row in told if row["error"]] == [dt.date(2025, 12, 6), dt.date(2025, 12, 8)]
    assert all(row["meeting"] is None for row in told if row["error"])
    with pytest.raises(fedpath.PricingError, match="Saturday"):
        fedpath.history(quotes.encode(), on_error="raise")


def test_days_are_selected() -> None:
    priced = fedpath.history(LONG.encode(), start="2025-12-01").to_arrow()
    # The settlement of November is still known.
    assert set(priced["date"].to_pylist()) == {dt.date(2025, 12, 1)}


def test_frames_that_cannot_be_read() -> None:
    import polars

    def told(**columns: Any) -> str:
        with pytest.raises(fedpath.FedpathError) as caught:
            fedpath.history(polars.DataFrame(columns))
        return str(caught.value)

    days, labels, prices = [dt.date(2025, 11, 21)] * 2, ["ZQZ25", "ZQF26"], [96.18, 96.215]
    assert "found null" in told(date=[days[0], None], contract=labels, settle=prices)
    assert "found null" in told(date=days, contract=["ZQZ25", None], settle=prices)
    assert "found 'ESZ25'" in told(date=days, contract=["ZQZ25", "ESZ25"], settle=prices)
    assert "settle=" in told(date=days, contract=labels, close=prices)
    assert "date=" in told(day=days, contract=labels, settle=prices)
    zoned = [dt.datetime(2025, 11, 21, 23, tzinfo=dt.timezone.utc)] * 2
    assert "trade_date" in told(date=zoned, contract=labels, settle=prices)
    # Nothing is known of a price that is missing: the other stands.
    missing = polars.DataFrame({"date": days, "contract": labels, "settle": [96.18, None]})
    assert len(fedpath.read_quotes(missing)) == 1


@pytest.mark.parametrize("far", [dt.date(1, 1, 1), dt.date(9999, 12, 31)])
def test_extreme_days_do_no_harm(far: dt.date) -> None:
    import polars

    for of in (polars.Date, polars.Datetime("ms"), polars.Datetime("us"), polars.String):
        frame = polars.DataFrame({"date": [far], "contract": ["2025-12"], "settle": [96.18]}).with_columns(polars.col("date").cast(of))
        priced = fedpath.history(frame)
        assert len(priced) == 0 and len(priced.errors) == 1
