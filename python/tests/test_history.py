"""Many days, from files and frames of every kind, against the program's CSV."""

from __future__ import annotations

import csv
import datetime as dt
import pickle
from decimal import Decimal
from typing import Any

import pytest

import fedpath

from conftest import DAYS, LONG, REAL, rows


def cells(frame: Any) -> list[tuple[str, ...]]:
    """The rows of a table as texts."""
    table = fedpath.history(frame, numbers="decimal").to_arrow().to_pylist()
    # Timestamps stay timestamps.
    return [(str(row["date"])[:10], *(str(row[name]) for name in ("meeting", "lower_bp", "upper_bp", "probability"))) for row in table]


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
            fedpath.history(polars.DataFrame(columns), on_error="raise")
        again = pickle.loads(pickle.dumps(caught.value))
        assert type(again) is type(caught.value) and str(again) == str(caught.value)
        return str(caught.value)

    days, labels, prices = [dt.date(2025, 11, 21)] * 2, ["ZQZ25", "ZQF26"], [96.18, 96.215]
    assert "<frame>:1:date: expected a date, found null" in told(date=[days[0], None], contract=labels, settle=prices)
    assert "<frame>:1:contract: expected a contract such as ZQZ25 or 2025-12, found null" in told(date=days, contract=["ZQZ25", None], settle=prices)
    assert "found 'ESZ25'" in told(date=days, contract=["ZQZ25", "ESZ25"], settle=prices)
    assert "<frame>:0:settle: expected a price from 75 to 105" in told(date=days, contract=labels, settle=[3.82, 96.2])
    assert "settle=" in told(date=days, contract=labels, close=prices)
    assert "date=" in told(day=days, contract=labels, settle=prices)
    zoned = [dt.datetime(2025, 11, 21, 23, tzinfo=dt.timezone.utc)] * 2
    assert "trade_date" in told(date=zoned, contract=labels, settle=prices)
    # Nothing is known of a price that is missing: the other stands.
    missing = polars.DataFrame({"date": days, "contract": labels, "settle": [96.18, None]})
    assert len(fedpath.read_quotes(missing)) == 1


def test_cells_that_are_refused_take_their_day_with_them() -> None:
    import polars

    frame = frames()["polars"]
    settle = [3.82 if str(day) == "2025-11-21" and month == "2026-03" else price for day, month, price in frame.iter_rows()]
    date = [None if str(day) == "2025-11-28" and month == "2026-03" else day for day, month, _ in frame.iter_rows()]
    priced = fedpath.history(frame.with_columns(polars.Series("settle", settle), polars.Series("date", date)))
    found = {(error.date, error.column) for error in priced.errors}
    assert found == {(dt.date(2025, 11, 21), "settle"), (None, "date")} and len(priced.errors) == 2
    # The day without a date for one of its prices has a table of the others.
    assert {str(day) for day in priced.to_polars()["date"]} == set(DAYS) - {"2025-11-21"}
    told = fedpath.history(frame.with_columns(polars.Series("settle", settle), polars.Series("date", date)), on_error="column")
    errors = {(row["date"], row["error"]) for row in told.to_arrow().to_pylist() if row["error"]}
    assert {day for day, _ in errors} == {None, dt.date(2025, 11, 21)}
    assert any("column 'settle': expected a price from 75 to 105" in error and "found 3.82" in error for _, error in errors)


def test_nulls_in_every_column_are_told() -> None:
    import pyarrow

    table = frames()["pyarrow"]
    for name in table.column_names:
        nulls = table.set_column(table.column_names.index(name), name, pyarrow.nulls(len(table), table[name].type))
        priced = fedpath.history(nulls)
        # A price that is missing is no error: nothing is quoted then.
        assert len(priced) == 0 and len(priced.errors) == (0 if name == "settle" else len(table)), name


def test_rounded_half_ticks_are_restored() -> None:
    import polars

    frame = polars.DataFrame(rows(), schema=["date", "contract", "settle"], orient="row").with_columns(polars.col("settle").cast(polars.Float64))
    # November's settlement as a page prints it: 96.12125 of 96.1213.
    printed = frame.with_columns(settle=polars.when(polars.col("settle") == 96.1225).then(96.1213).otherwise(polars.col("settle")))
    exact = frame.with_columns(settle=polars.when(polars.col("settle") == 96.1225).then(96.12125).otherwise(polars.col("settle")))
    assert cells(printed) == cells(exact) != cells(frame)
    assert fedpath.history(printed, as_printed=True).to_polars().equals(fedpath.history(exact).to_polars()) is False
    assert str(fedpath.path(printed, as_of="2025-11-28").to_dict()["contracts"][0]["price"]) == "96.12125"


def test_two_prices_of_a_contract_are_one_too_many() -> None:
    import polars

    frame = frames()["polars"]
    again = polars.concat([frame, frame.filter(polars.col("contract") == "2026-02").with_columns(polars.col("settle") + 0.005)])
    assert {error.message for error in fedpath.history(again).errors} == {"expected one price of 2026-02, found two that differ"}
    assert cells(polars.concat([frame, frame])) == cells(frame)


def test_wide_rows_are_the_programs(program: Any, long_file: str) -> None:
    wanted = list(csv.reader(program("history", long_file, "--layout", "wide").splitlines()))
    for data in (long_file, frames()["polars"]):
        table = fedpath.history(data, layout="wide", numbers="decimal").to_arrow()
        assert table.column_names[2:] == wanted[0][2:]
        found = [[f"{cell:f}" if isinstance(cell, Decimal) else str(cell) for cell in row.values()] for row in table.to_pylist()]
        assert found == wanted[1:]


def moments() -> Any:
    """Two moments of a day, the second with one price alone."""
    import polars

    at = [dt.datetime(2025, 11, 21, 9, 30)] * 5 + [dt.datetime(2025, 11, 21, 9, 31)]
    prices = {**DAYS["2025-11-21"]}
    settle = [float(price) for price in prices.values()] + [96.22]
    return polars.DataFrame({"ts": at, "contract": [*prices, "2026-01"], "settle": settle})


def test_prices_stand_until_others_come() -> None:
    alone = fedpath.history(moments(), numbers="fraction")
    assert alone.days_priced == 1 and len(alone.errors) == 1
    filled = fedpath.history(moments(), numbers="fraction", fill=True).to_polars()
    lower = filled.filter(filled["meeting"] == dt.date(2025, 12, 10)).group_by("ts", maintain_order=True).first()["probability"]
    # January's rate 0.5 bp lower: 31 / 28 of it is December's.
    assert lower.to_list() == ["7/20", "521/1400"]


def test_moments_of_a_time_zone_have_the_trading_days_that_are_named() -> None:
    import polars

    zoned = moments().with_columns(polars.col("ts").dt.replace_time_zone("America/Chicago"), day=dt.date(2025, 11, 24))
    table = fedpath.history(zoned, trade_date="day", fill=True, on_error="column").to_arrow()
    assert str(table.schema.field("ts").type) == "timestamp[us, tz=America/Chicago]"
    assert table["error"].null_count == len(table) > 0


def real() -> Any:
    import polars

    if not REAL.exists():
        pytest.skip("the real settlements are not there")
    frame = polars.read_csv(REAL, columns=["date", "contract_month", "close"], schema_overrides={"close": polars.Float64})
    return frame.with_columns(polars.col("date").str.to_date()).rename({"close": "settle"})


def test_real_settlements_give_the_cells_of_the_program(program: Any, tmp_path: Any) -> None:
    import duckdb
    import polars

    frame = real()
    path = tmp_path / "settle.csv"
    frame.rename({"contract_month": "contract"}).write_csv(path)
    text = program("history", str(path)).splitlines()
    wanted = polars.read_csv("\n".join(text).encode(), schema_overrides={"probability": polars.String})
    assert len(frame) == 199_555 and len(wanted) > 300_000
    kinds = {
        "polars": frame,
        "pyarrow": frame.to_arrow(),
        "pandas": frame.to_pandas(),
        "duckdb": duckdb.sql("SELECT * FROM frame"),
        "wide": frame.pivot(on="contract_month", index="date", values="settle"),
        "shuffled": frame.sample(fraction=1.0, shuffle=True, seed=7),
    }
    for kind, data in kinds.items():
        for threads in (1, 2):
            priced = fedpath.history(data, numbers="decimal", threads=threads)
            found = priced.to_polars().with_columns(polars.col("date").cast(polars.Date).cast(polars.String), polars.col("meeting").cast(polars.String), polars.col("probability").cast(polars.String))
            assert found.cast(wanted.schema).equals(wanted), (kind, threads)
    by_files = fedpath.history(str(path), numbers="decimal")
    assert len(by_files) == len(wanted) and sorted(map(str, by_files.errors)) == sorted(map(str, fedpath.history(frame).errors))


@pytest.mark.parametrize("far", [dt.date(1, 1, 1), dt.date(9999, 12, 31)])
def test_extreme_days_do_no_harm(far: dt.date) -> None:
    import polars

    for of in (polars.Date, polars.Datetime("ms"), polars.Datetime("us"), polars.String):
        frame = polars.DataFrame({"date": [far], "contract": ["2025-12"], "settle": [96.18]}).with_columns(polars.col("date").cast(of))
        priced = fedpath.history(frame)
        assert len(priced) == 0 and len(priced.errors) == 1
