"""The ``fedpath`` program, as a shell runs it."""

import signal
import sys

from . import _fedpath


def main() -> int:
    """Runs the program with the arguments of the process; its exit code."""
    # Python's own handler would wait until the report is written; a signal that is ignored stays so.
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    return _fedpath.run_program(sys.argv)
