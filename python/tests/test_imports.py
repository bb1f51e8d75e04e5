"""What `import fedpath` brings, and when."""

import subprocess
import sys

import pytest

import fedpath


def test_every_name_is_there() -> None:
    for name in fedpath.__all__:
        assert getattr(fedpath, name).__name__ == name
    assert set(fedpath.__all__) <= set(dir(fedpath)) and len(set(dir(fedpath))) == len(dir(fedpath))
    with pytest.raises(AttributeError, match="no attribute 'prob'"):
        _ = fedpath.prob  # type: ignore[attr-defined]


def test_a_module_is_imported_when_it_is_used() -> None:
    code = "import sys, fedpath; assert 'fedpath._commands' not in sys.modules; fedpath.probs; assert 'fedpath._commands' in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
