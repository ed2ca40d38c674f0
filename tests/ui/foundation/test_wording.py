"""Sentences of modules that know no Qt: English until a tongue is spoken, found by lupdate, said by Qt's translator."""

from __future__ import annotations

import ast
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtWidgets import QApplication

from csr_desk.domain.errors import BadInput
from csr_desk.ui.app import prepare
from csr_desk.ui.dates import long_day, parse_day
from csr_desk.ui.pages.balancing.presenter import why_accepted
from csr_desk.ui.pages.setup.policy_form import settings
from csr_desk.ui.wording import as_written, speak, tr

UI = Path(__file__).resolve().parents[3] / "src" / "csr_desk" / "ui"
SPANISH = {
    "{day} {month}": "{day} de {month}",
    "July": "julio",
    "{drawer} is {amount} short. Why is it accepted?": "Faltan {amount} en {drawer}. ¿Por qué se acepta?",
    "Tolerance": "Tolerancia",
    "“{keyed}” is not a date. Key it as “7/14/2026” or “2026-07-14”.": "«{keyed}» no es una fecha.",
}


@pytest.fixture
def tongue() -> Iterator[None]:
    """What a test speaks is spoken by that test only."""
    before = speak(as_written)
    yield
    speak(before)


@pytest.mark.usefixtures("tongue")
def test_a_sentence_is_english_as_long_as_nothing_else_is_spoken() -> None:
    assert tr("Close the day") == "Close the day"
    assert why_accepted("Drawer 1", 0).startswith("Drawer 1 is over and short by the same amount.")
    assert why_accepted("Drawer 1", 925) == "Drawer 1 is 9.25 over. Why is it accepted?"


@pytest.mark.usefixtures("tongue")
def test_a_spoken_tongue_comes_out_with_names_and_amounts_in_its_own_order() -> None:
    speak(lambda text: SPANISH.get(text, text))
    assert why_accepted("Drawer 1", -925) == "Faltan 9.25 en Drawer 1. ¿Por qué se acepta?"
    assert long_day(date(2026, 7, 4)) == "4 de julio"
    assert "Tolerancia" in {setting.label for setting in settings()}
    with pytest.raises(BadInput, match="«soon» no es una fecha"):
        parse_day("soon", date(2026, 7, 4))


@pytest.mark.usefixtures("tongue")
def test_the_tongue_that_was_spoken_before_is_handed_back() -> None:
    first = speak(str.upper)
    assert first("A bag") == "A bag"
    assert tr("A bag") == "A BAG"
    assert speak(first)("A bag") == "A BAG"
    assert tr("A bag") == "A bag"


def test_lupdate_finds_the_sentences_and_qt_says_them_again(qapp: QApplication, tmp_path: Path, tongue: None) -> None:
    found, compiled = tmp_path / "es.ts", tmp_path / "es.qm"
    sources = [
        path for path in sorted(UI.rglob("*.py")) if "from csr_desk.ui.wording import tr" in path.read_text("utf-8")
    ]
    _tool("lupdate", *map(str, sources), "-ts", str(found))
    tree = ET.parse(found)  # noqa: S314 - lupdate has just written it
    messages = {message.findtext("source", ""): message for message in tree.iterfind("context[name='']/message")}
    assert set(messages) == {text for source in sources for text in _said(source)} > set(SPANISH)
    for text, spanish in SPANISH.items():
        translation = messages[text].find("translation")
        assert translation is not None
        translation.text = spanish
        del translation.attrib["type"]
    tree.write(found, encoding="utf-8")
    _tool("lrelease", str(found), "-qm", str(compiled))
    translator = QTranslator()
    assert translator.load(str(compiled))
    prepare(qapp)
    QCoreApplication.installTranslator(translator)
    try:
        assert why_accepted("Drawer 1", -925) == "Faltan 9.25 en Drawer 1. ¿Por qué se acepta?"
    finally:
        QCoreApplication.removeTranslator(translator)
    assert why_accepted("Drawer 1", -925) == "Drawer 1 is 9.25 short. Why is it accepted?"


def _said(source: Path) -> Iterator[str]:
    """Every literal inside a plain tr()."""
    for node in ast.walk(ast.parse(source.read_text("utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "tr":
            yield ast.literal_eval(node.args[0])


def _tool(name: str, *arguments: str) -> None:
    """Run a tool of PySide6 as its command does."""
    code = f"import sys; from PySide6.scripts.pyside_tool import {name} as run; sys.argv[0] = '{name}'; run()"
    subprocess.run([sys.executable, "-c", code, *arguments], check=True, capture_output=True, timeout=60)
