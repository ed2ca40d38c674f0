"""What stands at this station, from its TOML file: printer, paper, drawer. Nothing of it is secret or about money.

Example::

    [printer]
    kind = "system"        # none, system, folder, network, device, queue
    name = "Counter3"      # queue, folder, address (host or host:port) or device file
    paper = "roll_80"      # letter, roll_80
    timeout_seconds = 15

    [drawer]
    kind = "printer"       # none, printer (kicked through the till printer)
    pin = 2
    pulse_ms = 100
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from csr_desk.devices.escpos import EscposDrawer, EscposPrinter
from csr_desk.devices.ports import CashDrawer, RawPort, ReceiptPrinter
from csr_desk.devices.raw_ports import DevicePort, NetworkPort
from csr_desk.devices.simulated import FolderPrinter, NoDrawer
from csr_desk.devices.spooler import RawQueue, SystemPrinter
from csr_desk.domain.errors import BadInput

_PORT = 9100
_LARGEST = 64_000
"""Bytes of a station's settings."""


class PrinterKind(StrEnum):
    """How papers are printed: ``system`` and ``folder`` take PDFs, the last three are till printers."""

    NONE = "none"
    SYSTEM = "system"
    FOLDER = "folder"
    NETWORK = "network"
    DEVICE = "device"
    QUEUE = "queue"


class DrawerKind(StrEnum):
    """How the drawer opens."""

    NONE = "none"
    PRINTER = "printer"


@dataclass(frozen=True, slots=True)
class Station:
    """The devices of one station as set up."""

    printer: PrinterKind = PrinterKind.NONE
    name: str = ""
    paper: str = "letter"
    timeout_seconds: int = 15
    drawer: DrawerKind = DrawerKind.NONE
    pin: int = 2
    pulse_ms: int = 100

    def __post_init__(self) -> None:
        """Refuse what cannot work, in a sentence (BadInput)."""
        if self.paper not in {"letter", "roll_80"}:
            raise BadInput("The paper of a station is “letter” or “roll_80”.", field="paper")
        if self.printer not in {PrinterKind.NONE, PrinterKind.SYSTEM} and not self.name:
            raise BadInput("This kind of printer needs a name: its queue, folder, address or device.", field="name")
        if self.drawer is DrawerKind.PRINTER and self._raw_port() is None:
            raise BadInput("A drawer opens through a till printer: network, device or queue.", field="drawer")
        if self.pin not in {2, 5}:
            raise BadInput("A drawer hangs on pin 2 or pin 5 of the printer.", field="pin")

    def receipt_printer(self) -> ReceiptPrinter | None:
        """The printer of this station, None when it has none."""
        port = self._raw_port()
        if port is not None:
            return EscposPrinter(port)
        if self.printer is PrinterKind.FOLDER:
            return FolderPrinter(Path(self.name).expanduser())
        return SystemPrinter(self.name, self.timeout_seconds) if self.printer is PrinterKind.SYSTEM else None

    def cash_drawer(self) -> CashDrawer:
        """The drawer of this station; one without a kick does nothing."""
        port = self._raw_port()
        if self.drawer is DrawerKind.NONE or port is None:
            return NoDrawer()
        return EscposDrawer(port, self.pin, self.pulse_ms)

    def _raw_port(self) -> RawPort | None:
        if self.printer is PrinterKind.NETWORK:
            host, _, port = self.name.partition(":")
            if port and not (port.isascii() and port.isdigit()):
                raise BadInput(f"“{self.name}” is not an address. Write host or host:port.", field="name")
            return NetworkPort(host, int(port or _PORT), self.timeout_seconds)
        if self.printer is PrinterKind.DEVICE:
            return DevicePort(self.name)
        return RawQueue(self.name, self.timeout_seconds) if self.printer is PrinterKind.QUEUE else None


def read_station(path: Path) -> Station:
    """The station's settings; a station without a file has no devices. BadInput names what is wrong in the file."""
    try:
        told = tomllib.loads(_settings_text(path))
    except FileNotFoundError:
        return Station()
    except OSError as fault:
        raise BadInput(f"{path.name} cannot be read: {fault.strerror}.") from None
    except (ValueError, RecursionError) as fault:  # no TOML, no UTF-8, a number of 5,000 figures, a thousand brackets
        raise BadInput(f"{path.name} cannot be read: {fault}.") from None
    printer, drawer = _section(told, "printer"), _section(told, "drawer")
    return Station(
        PrinterKind(_choice(printer, PrinterKind)), _text(printer, "name"), _text(printer, "paper", "letter"),
        _number(printer, "timeout_seconds", 15), DrawerKind(_choice(drawer, DrawerKind)), _number(drawer, "pin", 2),
        _number(drawer, "pulse_ms", 100),
    )  # fmt: skip


def _settings_text(path: Path) -> str:
    if path.exists() and not path.is_file():
        raise BadInput(f"{path.name} is not a file.")
    with path.open("rb") as file:
        content = file.read(_LARGEST + 1)
    if len(content) > _LARGEST:
        raise BadInput(f"{path.name} is longer than any station's settings. Is it another file?")
    return content.decode("utf-8")


def _section(told: dict[str, Any], name: str) -> dict[str, Any]:
    section = told.get(name, {})
    if not isinstance(section, dict):
        raise BadInput(f"[{name}] in the station's file must be a section.", field=name)
    known = {"printer": {"kind", "name", "paper", "timeout_seconds"}, "drawer": {"kind", "pin", "pulse_ms"}}[name]
    unknown = sorted(set(section) - known)
    if unknown:
        raise BadInput(f"[{name}] in the station's file has no setting “{unknown[0]}”.", field=unknown[0])
    return section


def _choice(section: dict[str, Any], kinds: type[StrEnum]) -> str:
    value = section.get("kind", "none")
    if value not in {str(kind) for kind in kinds}:
        raise BadInput(f"“{value}” is none of {', '.join(kinds)}.", field="kind")
    return str(value)


def _text(section: dict[str, Any], name: str, default: str = "") -> str:
    value = section.get(name, default)
    if not isinstance(value, str) or not value.isprintable():
        raise BadInput(f"“{name}” in the station's file must be text.", field=name)
    return value


def _number(section: dict[str, Any], name: str, default: int) -> int:
    value = section.get(name, default)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value <= 600:  # noqa: PLR2004 - ten minutes
        raise BadInput(f"“{name}” in the station's file must be a number from 1 to 600.", field=name)
    return value
