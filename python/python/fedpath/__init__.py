"""What fed funds futures have priced for the Fed, exactly.

>>> import fedpath
>>> quotes = {"ZQX25": "96.12", "ZQZ25": "96.18", "ZQF26": "96.215", "ZQG26": "96.285"}
>>> december = fedpath.probs(quotes, as_of="2025-11-21")["2025-12-10"]
>>> december.ease, december.rate_after
(Fraction(7, 20), Decimal('3.792500000000'))
>>> fedpath.reprice().shift_bp
Fraction(15, 2)
"""

try:
    from . import _fedpath as _fedpath
except ImportError as _error:
    if ".whl" in __file__ or ".zip" in __file__:
        raise ImportError(
            f"fedpath holds a compiled library, which Python cannot load from the archive {__file__}: install the wheel instead"
        ) from _error
    raise

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ._commands import bounds, curve, equity, path, probs, reprice, respond, summary, surprise
    from ._errors import FedpathError, OptionError, PricingError, Problem, QuoteError
    from ._given import Assumptions, Scenario
    from ._history import Batch, History, NotPriced, Stream, history, stream
    from ._quotes import Quotes, episode, read_quotes
    from ._reports import Meeting, Outlook, Report, Repricing, Surprises, fragment_style
    from ._tables import Chart

__all__ = [
    "Assumptions",
    "Batch",
    "Chart",
    "FedpathError",
    "History",
    "Meeting",
    "NotPriced",
    "OptionError",
    "Outlook",
    "PricingError",
    "Problem",
    "QuoteError",
    "Quotes",
    "Report",
    "Repricing",
    "Scenario",
    "Stream",
    "Surprises",
    "bounds",
    "curve",
    "equity",
    "episode",
    "fragment_style",
    "history",
    "path",
    "probs",
    "read_quotes",
    "reprice",
    "respond",
    "stream",
    "summary",
    "surprise",
]

# What is used is imported when it is used: the program, and a script that prices one day, need little of it.
_HOMES = {
    "_commands": ["bounds", "curve", "equity", "path", "probs", "reprice", "respond", "summary", "surprise"],
    "_errors": ["FedpathError", "OptionError", "PricingError", "Problem", "QuoteError"],
    "_given": ["Assumptions", "Scenario"],
    "_history": ["Batch", "History", "NotPriced", "Stream", "history", "stream"],
    "_quotes": ["Quotes", "episode", "read_quotes"],
    "_reports": ["Meeting", "Outlook", "Report", "Repricing", "Surprises", "fragment_style"],
    "_tables": ["Chart"],
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> object:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    found: object = getattr(import_module(f".{_HOME_OF[name]}", __name__), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
