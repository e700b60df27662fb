"""The notebook of docs/ runs as it stands, and each of its questions has an answer."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOK = ROOT / "docs" / "five-questions.ipynb"
# In a process of its own, as a reader runs it; what the tools of notebooks warn of is not ours.
RUN = """
import sys, nbformat
from nbclient import NotebookClient
notebook = nbformat.read(sys.argv[1], 4)
NotebookClient(notebook, timeout=300, kernel_name="python3").execute()
nbformat.write(notebook, sys.argv[2])
"""


def executed(tmp_path: Path) -> list[dict[str, Any]]:
    own = {n: str(tmp_path / n) for n in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR")}
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(NOTEBOOK), str(tmp_path / "done.ipynb")],
        cwd=tmp_path, capture_output=True, text=True, check=False, env={**os.environ, **own},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return list(json.loads((tmp_path / "done.ipynb").read_text("utf-8"))["cells"])


def test_the_notebook_answers_its_questions(tmp_path: Path) -> None:
    cells = executed(tmp_path)
    told: dict[str, str] = {}
    heading = ""
    for cell in cells:
        if cell["cell_type"] == "markdown":
            heading = "".join(cell["source"]).splitlines()[0]
        for output in cell.get("outputs", ()):
            data = output.get("data", {})
            told[heading] = told.get(heading, "") + "".join(data.get("text/plain", "")) + " ".join(data)
    questions = [h for h in told if h.startswith("## ") and h[3].isdigit()]
    assert len(questions) == 5
    when, whom, what, where, basis = (told[q] for q in questions)
    assert "2006-05" in when
    assert "首届东盟国防部长会议" in when
    assert "vega" in when or "text/html" in when
    assert "RU" in whom
    assert "维和" in what
    assert "2020-06-26" in where
    assert "越通社" in basis
    assert "[]" in told["## A dataset to cite"]


def test_the_notebook_is_kept_without_what_it_printed() -> None:
    cells = json.loads(NOTEBOOK.read_text("utf-8"))["cells"]
    assert not [c for c in cells if c.get("outputs") or c.get("execution_count")]
