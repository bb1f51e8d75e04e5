"""The notebooks run from their first cell to the last, and what they show is shown."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest

NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_cells_run_in_their_order(path: Path) -> None:
    cells = json.loads(path.read_text())["cells"]
    names: dict[str, object] = {}
    for place, cell in enumerate(cells):
        if cell["cell_type"] != "code":
            continue
        assert not cell["outputs"], "outputs are made anew, not kept"
        module = ast.parse("".join(cell["source"]))
        last = module.body.pop() if isinstance(module.body[-1], ast.Expr) else None
        exec(compile(module, f"{path.name}[{place}]", "exec"), names)
        if last is not None:
            value = eval(compile(ast.Expression(last.value), f"{path.name}[{place}]", "eval"), names)
            shown = getattr(value, "_repr_html_", lambda: repr(value))()
            assert shown, f"{path.name}[{place}] shows nothing"


def test_there_are_notebooks() -> None:
    assert len(NOTEBOOKS) == 3
