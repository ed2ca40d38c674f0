"""docs/evidence.md says what the program does, and how each control is tested is told whole."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from csr_desk.services.evidence.check import Check
from csr_desk.services.evidence.checklist import ASKS
from csr_desk.services.evidence.pack import CHECKS, controls


def test_the_document_of_the_evidence_says_what_the_program_does() -> None:
    path = Path(__file__).resolve().parents[3] / "tools" / "evidence_doc.py"
    spec = importlib.util.spec_from_file_location("evidence_doc", path)
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    written = tool.DOCUMENT.read_text(encoding="utf-8")
    assert written == tool.document(), "docs/evidence.md is stale: run python tools/evidence_doc.py"


def test_there_are_fifty_six_controls_each_with_its_test_told() -> None:
    assert [check.number for check in CHECKS] == list(ASKS) == list(range(1, 57))
    assert all(check.tested.endswith(".") for check in CHECKS)
    assert all(isinstance(check, Check) for check in CHECKS)
    assert all(control.title and not control.title.endswith(".") for control in controls())
