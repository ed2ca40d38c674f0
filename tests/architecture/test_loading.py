"""What is loaded without a window: every room but the ui works where Qt is not installed."""

from __future__ import annotations

import subprocess
import sys

LOAD_ALL = """
import importlib, pkgutil, sys
for absent in ("PySide6", "shiboken6"):
    sys.modules[absent] = None
import csr_desk
loaded = 0
for found in pkgutil.walk_packages(csr_desk.__path__, "csr_desk."):
    if not found.name.startswith("csr_desk.ui"):
        importlib.import_module(found.name)
        loaded += 1
print(loaded)
"""
HEAVY = """
import sys
import csr_desk.__main__, csr_desk.bootstrap
heavy = {"PySide6", "sqlalchemy", "reportlab", "openpyxl", "numpy", "alembic"}
print(*sorted(heavy & set(sys.modules)))
"""
READERS = """
import sys
import csr_desk.services.customer_pages, csr_desk.services.customers, csr_desk.services.desk
print(*sorted({"phonenumbers", "usaddress", "rapidfuzz"} & set(sys.modules)))
import csr_desk.services.customer_duplicates
print(*sorted({"phonenumbers", "usaddress", "rapidfuzz"} & set(sys.modules)))
"""


def said_by(program: str) -> str:
    """What a fresh interpreter prints."""
    outcome = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert outcome.returncode == 0, outcome.stderr
    return outcome.stdout.strip()


def test_every_room_but_the_ui_loads_without_qt() -> None:
    assert int(said_by(LOAD_ALL)) > len(("domain", "data", "services", "documents", "devices", "cli"))


def test_the_program_starts_without_loading_what_a_command_may_not_need() -> None:
    assert said_by(HEAVY) == ""


def test_a_person_is_found_without_loading_what_reads_addresses_and_telephones() -> None:
    assert said_by(READERS) == "phonenumbers rapidfuzz usaddress"
