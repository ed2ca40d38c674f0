"""The training office of a demo city, at the window."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from csr_desk.services import training_office
from csr_desk.services.desk import open_desk
from csr_desk.services.setup import make_demo_office
from csr_desk.ui.app import prepare
from ui.counter import Counter, office_url, open_counter

__all__ = ["office_url"]


@pytest.fixture(scope="session")
def office_template(tmp_path_factory: pytest.TempPathFactory, station_home: Path) -> Path:
    """Make the demo city once."""
    path = tmp_path_factory.mktemp("training") / "office.db"
    make_demo_office(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def training_template(office_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make its training office once."""
    desk = open_desk(f"sqlite:///{office_template}")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("csr_desk.locations.data_folder", lambda: tmp_path_factory.mktemp("trained"))
        url = training_office.ensure(desk)
    desk.close()
    return Path(url.removeprefix("sqlite:///"))


@pytest.fixture
def trained_url(training_template: Path, tmp_path: Path) -> str:
    """A training office of the test's own."""
    path = tmp_path / "training.db"
    shutil.copyfile(training_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def trainee(qtbot: QtBot, qapp: QApplication, trained_url: str) -> Iterator[Counter]:
    """The window of the training office at its sign-in page."""
    if not qapp.styleSheet():
        prepare(qapp)
    opened = open_counter(qtbot, trained_url)
    yield opened
    opened.leave()
