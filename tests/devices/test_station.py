"""The station's file: what it sets up, and what it refuses by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from csr_desk.devices.escpos import EscposDrawer, EscposPrinter
from csr_desk.devices.ports import RawPort
from csr_desk.devices.raw_ports import DevicePort, NetworkPort
from csr_desk.devices.simulated import FolderPrinter, NoDrawer
from csr_desk.devices.spooler import RawQueue, SystemPrinter
from csr_desk.devices.station import Station, read_station
from csr_desk.domain.errors import BadInput


def station(tmp_path: Path, text: str) -> Station:
    path = tmp_path / "station.toml"
    path.write_text(text, "utf-8")
    return read_station(path)


def test_a_station_without_a_file_has_no_devices(tmp_path: Path) -> None:
    settings = read_station(tmp_path / "none.toml")
    assert settings == Station()
    assert settings.receipt_printer() is None
    assert settings.cash_drawer() == NoDrawer()


def test_a_system_printer_takes_letter_paper(tmp_path: Path) -> None:
    settings = station(tmp_path, '[printer]\nkind = "system"\nname = "Office"\ntimeout_seconds = 9\n')
    assert settings.receipt_printer() == SystemPrinter("Office", 9)
    assert settings.paper == "letter"
    assert settings.cash_drawer() == NoDrawer()


def test_a_folder_stands_in_for_a_printer(tmp_path: Path) -> None:
    settings = station(tmp_path, f"[printer]\nkind = 'folder'\nname = '{tmp_path}'\n")
    assert settings.receipt_printer() == FolderPrinter(tmp_path)


@pytest.mark.parametrize(
    ("kind", "name", "port"),
    [
        ("network", "10.0.0.9", NetworkPort("10.0.0.9", 9100, 15)),
        ("network", "till3:9200", NetworkPort("till3", 9200, 15)),
        ("device", "/dev/usb/lp0", DevicePort("/dev/usb/lp0")),
        ("queue", "Till", RawQueue("Till", 15)),
    ],
)
def test_a_till_printer_prints_and_kicks_through_one_port(tmp_path: Path, kind: str, name: str, port: RawPort) -> None:
    settings = station(
        tmp_path,
        f'[printer]\nkind = "{kind}"\nname = "{name}"\npaper = "roll_80"\n'
        '[drawer]\nkind = "printer"\npin = 5\npulse_ms = 120\n',
    )
    printer, drawer = settings.receipt_printer(), settings.cash_drawer()
    assert isinstance(printer, EscposPrinter)
    assert isinstance(drawer, EscposDrawer)
    assert printer.port == port
    assert drawer == EscposDrawer(port, 5, 120)


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ('[printer]\nkind = "fax"\n', "kind"),
        ("[printer]\nkind = 3\n", "kind"),
        ('[printer]\nkind = "network"\n', "name"),
        ('[printer]\nkind = "network"\nname = "host:x"\n', "name"),
        ('[printer]\nname = "a\\u0007b"\n', "name"),
        ("[printer]\nname = 3\n", "name"),
        ('[printer]\npaper = "A4"\n', "paper"),
        ("[printer]\ntimeout_seconds = 0\n", "timeout_seconds"),
        ("[printer]\ntimeout_seconds = true\n", "timeout_seconds"),
        ('[printer]\ncolour = "red"\n', "colour"),
        ('[drawer]\nkind = "printer"\n', "drawer"),
        ("[drawer]\npin = 3\n", "pin"),
        ("printer = 1\n", "printer"),
    ],
)
def test_a_wrong_setting_is_refused_by_its_name(tmp_path: Path, text: str, field: str) -> None:
    with pytest.raises(BadInput) as refused:
        station(tmp_path, text).receipt_printer()
    assert refused.value.field == field


def test_a_file_that_is_no_toml_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"station\.toml cannot be read"):
        station(tmp_path, "[printer\n")
    (tmp_path / "station.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(BadInput, match="cannot be read"):
        read_station(tmp_path / "station.toml")
