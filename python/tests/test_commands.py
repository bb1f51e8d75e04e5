"""The commands of one day and of two: by hand, and against the program's documents."""

from __future__ import annotations

import datetime as dt
import pickle
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

import fedpath

from conftest import DAYS


def test_the_odds_are_exact(day_file: str) -> None:
    outlook = fedpath.probs(day_file)
    december = outlook["2025-12-10"]
    assert (december.ease, december.hold, december.hike) == (Fraction(7, 20), Fraction(13, 20), 0)
    assert december.outcomes == {(350, 375): Fraction(7, 20), (375, 400): Fraction(13, 20)}
    assert december.rate_after == Decimal("3.7925")
    assert outlook.target == (Decimal("3.75"), Decimal("4.00"))
    assert all(sum(meeting.outcomes.values()) == 1 for meeting in outlook.meetings)


@pytest.mark.parametrize("as_given", ["path", "bytes", "file", "prices"])
def test_quotes_come_in_any_form(day_file: str, as_given: str) -> None:
    given: Any = {
        "path": day_file,
        "bytes": open(day_file, "rb").read(),
        "file": open(day_file),
        "prices": DAYS["2025-11-21"],
    }[as_given]
    assert fedpath.probs(given, as_of="2025-11-21")["2025-12-10"].ease == Fraction(7, 20)


def test_prices_may_be_floats_and_decimals() -> None:
    for of in (float, Decimal, str):
        prices = {contract: of(price) for contract, price in DAYS["2025-12-01"].items()}
        # 96.1863 is a rounded half tick, 96.18625.
        told = fedpath.path({**prices, "2025-11": "96.1225"}, as_of="2025-12-01").to_dict()
        assert told["contracts"][1]["price"] == "96.18625"


def test_the_episode_is_repriced() -> None:
    story = fedpath.reprice()
    assert (story.ease, story.shift_bp) == ((Fraction(13, 20), Fraction(7, 20)), Fraction(15, 2))
    assert "Illustrative" in str(story)
    assert "13/20" in story.explain() or "65" in story.explain()


def test_documents_are_those_of_the_program(document: Any, day_file: str, long_file: str, tmp_path: Any) -> None:
    before = tmp_path / "before.csv"
    before.write_text("# as_of: 2025-11-20\ncontract,price\n" + "".join(f"{c},{p}\n" for c, p in DAYS["2025-11-20"].items()))
    pair = (str(before), day_file)
    pairs = [
        (fedpath.probs(day_file), document("probs", day_file)),
        (fedpath.probs(day_file, chain=2, decision_day="new"), document("probs", day_file, "--chain", "2", "--decision-day", "new")),
        (fedpath.probs(day_file, view="meeting"), document("probs", day_file, "--view", "meeting")),
        (fedpath.probs(day_file, target="4.00-4.25"), document("probs", day_file, "--target", "4.00-4.25")),
        (fedpath.probs(day_file, start_rate="3.87"), document("probs", day_file, "--start-rate", "3.87")),
        (fedpath.probs(day_file, method="least-squares"), document("probs", day_file, "--method", "least-squares")),
        (fedpath.path(day_file, month_end="2bp"), document("path", day_file, "--month-end", "2bp")),
        (fedpath.path(day_file), document("path", day_file)),
        (fedpath.curve(day_file), document("curve", day_file)),
        (fedpath.curve(*pair, tenor=["2Y"]), document("curve", *pair, "--tenor", "2Y")),
        (fedpath.summary(day_file), document("summary", day_file)),
        (fedpath.summary(long_file, delta=["1d", "1w"]), document("summary", long_file, "--delta", "1d,1w")),
        (fedpath.reprice(*pair), document("reprice", *pair)),
        (fedpath.reprice(*pair, half_life=2, payout_yield="1.15"), document("reprice", *pair, "--half-life", "2", "--payout-yield", "1.15")),
        (fedpath.equity(*pair, asset="all"), document("equity", *pair, "--asset", "all")),
        (
            fedpath.equity(shift="7.5bp", meeting="2025-12-10", as_of="2025-11-19", payout_yield="1.15"),
            document("equity", "--as-of", "2025-11-19", "--meeting", "2025-12-10", "--shift", "7.5bp", "--payout-yield", "1.15"),
        ),
        (fedpath.surprise(*pair, announcement="2025-11-20"), document("surprise", "--announcement", "2025-11-20", *pair)),
    ]
    for ours, theirs in pairs:
        assert ours.to_dict() == theirs


def test_bounds_hold_the_odds(day_file: str) -> None:
    told = fedpath.bounds(day_file, moves=(-1, 1)).to_dict()
    outcomes = {row["event"]: row for row in told["meetings"][0]["outcomes"]}
    low, high = (Fraction(outcomes["ease"][f"{end}_exact"]) for end in ("low", "high"))
    assert low <= Fraction(7, 20) <= high and low < high


def test_assets_respond(tmp_path: Any) -> None:
    events = tmp_path / "events.csv"
    events.write_text(
        "date,unscheduled,mp2,nvda\n2024-01-31,0,0.03,-0.9\n2024-03-20,0,-0.02,0.4\n2024-05-01,0,-0.01,0.3\n"
        "2024-06-12,0,0.01,-0.1\n2024-07-31,0,0.00,0.2\n2024-08-05,1,-0.20,3.0\n"
    )
    told = fedpath.respond(events=events, y=["nvda"]).to_dict()["responses"][0]
    # Ordinary least squares over the five scheduled events, by hand.
    x, y = [0.03, -0.02, -0.01, 0.01, 0.0], [-0.9, 0.4, 0.3, -0.1, 0.2]
    mean_x, mean_y = sum(x) / 5, sum(y) / 5
    slope = sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y)) / sum((a - mean_x) ** 2 for a in x)
    assert float(told["slope"]) == pytest.approx(slope, abs=1e-6) and told["n"] == 5


def test_tables_are_those_of_the_csv(day_file: str) -> None:
    import polars

    table = fedpath.probs(day_file).to_polars()
    assert table.schema["date"] == polars.Date and table["probability"][0] == 0.35
    assert fedpath.path(day_file).to_arrow().column_names[:2] == ["contract", "price"]
    assert len(fedpath.read_quotes(day_file).to_pandas()) == 5


def test_notebooks_show_tables_and_charts(day_file: str) -> None:
    outlook = fedpath.probs(day_file)
    shown = outlook._repr_html_()
    assert "<td>35.0</td>" in shown and 'src="data:image/svg+xml' in shown
    # A drawing is an image: no style and no id of it is in the page.
    assert "<style" not in shown and " id=" not in shown
    assert outlook.chart("bars").svg.startswith("<svg")
    assert outlook.report().startswith("<!DOCTYPE html>")
    assert fedpath.reprice()._repr_html_().startswith("<iframe")


def test_halves_are_rounded_from_fractions() -> None:
    from fedpath._tables import tenth

    # The nearest float of 10.85 % lies below it.
    assert tenth(Fraction(1085, 10000)) == "10.9" and f"{100 * 0.1085:.1f}" == "10.8"


def test_quotes_pickle(day_file: str) -> None:
    for quotes in (fedpath.read_quotes(day_file), fedpath.episode()[1]):
        again = pickle.loads(pickle.dumps(quotes))
        assert (again.days, len(again)) == (quotes.days, len(quotes))


def test_notices_have_a_kind_and_fragments_their_own_ids() -> None:
    _, after = fedpath.episode()
    told = fedpath.probs(after, chain=20)
    assert {notice["kind"] for notice in told.notices} >= {"fewer-meetings"}
    assert [notice["message"] for notice in told.notices] == told.warnings
    assert [notice["kind"] for notice in fedpath.summary(after, chain=20).notices] == [notice["kind"] for notice in told.notices]
    with pytest.raises(fedpath.OptionError, match="prefix"):
        told.fragment("a b")
    one, other = told.fragment("one-"), told.fragment("other-")
    assert 'id="one-provenance"' in one and 'id="other-provenance"' in other and "<script" not in one
    assert fedpath.fragment_style().startswith("@scope (.fedpath)")
    assert 'id="one-title"' in told.chart("bars", prefix="one-").svg and 'id="title"' in told.chart("bars").svg


def test_a_curve_of_sofr_and_the_options_of_the_joint_fit() -> None:
    fed_funds = {"ZQM24": "94.67", "ZQN24": "94.67", "ZQQ24": "94.67", "ZQU24": "94.77", "ZQV24": "94.92"}
    sofr = {"SR1M24": "94.68", "SR1N24": "94.68", "SR1Q24": "94.68", "SR3M24": "94.645", "SR3U24": "94.895", "SR3Z24": "95.10"}
    text = "# as_of: 2024-05-31\ncontract,price\n" + "".join(f"{name},{price}\n" for name, price in {**fed_funds, **sofr}.items())
    quotes = fedpath.read_quotes(text.encode(), products=["ZQ", "SR1", "SR3"])
    curve = fedpath.curve(quotes, rate="sofr", tenor=["6M"]).to_dict()
    assert curve["rate"] == "sofr" and any(step.get("shared") for step in curve["steps"])
    assert curve["beyond"] == {"from": "2025-03-19", "rate_percent": curve["beyond"]["rate_percent"], "assumption": "held where the last contract ends"}
    flat = fedpath.path(quotes, basis="none", exclude=["SR3Z24"], leave_one_out=True).to_dict()
    assert ("SR3", "2024-12") in {(row["product"], row["contract"]) for row in flat["left_out"]} and flat["leave_one_out"] and not flat["basis"]
    with pytest.raises(fedpath.OptionError, match="SOFR futures"):
        fedpath.path({"ZQX25": "96.12", "ZQF26": "96.215", "ZQG26": "96.285"}, as_of="2025-11-21", basis="none")
    for command in (fedpath.history, fedpath.bounds):
        with pytest.raises(fedpath.OptionError, match="fed funds futures alone"):
            command(quotes)
    each = fedpath.path(quotes, price={"ZQ": "settle", "SR3": "settle"}).to_dict()
    assert each["contracts"] == fedpath.path(quotes).to_dict()["contracts"]
    for wrong in ("lst", {"ZQ": "lst"}):
        with pytest.raises(fedpath.OptionError, match="price: expected settle, last or mid, found"):
            fedpath.path(quotes, price=wrong)
    with pytest.raises(fedpath.OptionError, match="rate"):
        fedpath.curve(quotes, rate="libor")  # type: ignore[arg-type]


def test_bounds_with_an_estimate() -> None:
    _, after = fedpath.episode()
    told = fedpath.bounds(after, point="maximum-entropy", moves=(-1, 1)).to_dict()
    rows = [row for row in told["meetings"][0]["outcomes"] if row["event"].startswith("move:")]
    assert told["point"] == "maximum-entropy" and [row["event"] for row in rows] == ["move:-25", "move:0", "move:+25"]
    assert all(float(row["low"]) <= float(row["point"]) <= float(row["high"]) for row in rows)
    assert abs(sum(float(row["point"]) for row in rows) - 1) < 1e-5
    assert "point" not in fedpath.bounds(after).to_dict()


def test_of_several_moments_of_a_day_the_last_up_to_a_time() -> None:
    rows = "2025-11-21 10:00,ZQX25,96.12\n2025-11-21 10:00,ZQF26,96.215\n2025-11-21 10:00,ZQG26,96.285\n2025-11-21 15:00,ZQF26,96.25\n"
    text = ("time,contract,price\n" + rows).encode()
    early = fedpath.probs(fedpath.read_quotes(text, at="14:00"))
    assert early["2025-12-10"].ease == Fraction(7, 20)
    for wrong in ("nonsense", "14:00+02:00"):
        with pytest.raises(fedpath.OptionError, match="at: expected a time of day"):
            fedpath.read_quotes(text, at=wrong)
    with pytest.raises(fedpath.OptionError, match="at: expected it with a file, found dict"):
        fedpath.read_quotes({"ZQX25": "96.12"}, as_of="2025-11-21", at="14:00")
    late = fedpath.probs(fedpath.read_quotes(text, at=dt.time(16)))
    assert late["2025-12-10"].ease != early["2025-12-10"].ease
