"""Ways to a till printer: the network (port 9100) and a device file."""

from __future__ import annotations

import contextlib
import os
import socket
from dataclasses import dataclass

from csr_desk.devices.ports import MaybePrinted
from csr_desk.domain.errors import Trouble

_HANGS_UP_SECONDS = 1


@dataclass(frozen=True, slots=True)
class NetworkPort:
    """A printer with an address of its own."""

    host: str
    port: int = 9100
    timeout_seconds: int = 5

    def send(self, data: bytes) -> None:
        """Connect, send everything, close; Trouble when the printer does not answer in time."""
        trouble = Trouble
        try:
            with socket.create_connection((self.host, self.port), timeout=self.timeout_seconds) as line:
                trouble = MaybePrinted
                line.sendall(data)
                line.shutdown(socket.SHUT_WR)
                _hear_out(line)
        except TimeoutError:
            raise trouble(
                f"The printer at {self.host} did not answer within {self.timeout_seconds} seconds. Is it switched on?"
            ) from None
        except OSError as fault:
            raise trouble(f"The printer at {self.host} cannot be reached ({fault.strerror or fault}).") from fault


def _hear_out(line: socket.socket) -> None:
    """Wait a moment for the printer to hang up: one that cut the line instead raises here, and took not all of it."""
    line.settimeout(_HANGS_UP_SECONDS)
    with contextlib.suppress(TimeoutError):  # it keeps the line open; nothing is known against it
        while line.recv(1024):
            pass


@dataclass(frozen=True, slots=True)
class DevicePort:
    """A printer as a device file, such as ``/dev/usb/lp0``; opened without waiting, so it cannot hang the desk."""

    path: str

    def send(self, data: bytes) -> None:
        """Write everything; Trouble when the device is missing, out of paper or does not take it all."""
        trouble = Trouble
        flags = os.O_WRONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
        try:
            handle = os.open(self.path, flags)
            try:
                rest = memoryview(data)
                while rest:
                    rest = rest[os.write(handle, rest) :]
                    trouble = MaybePrinted
            finally:
                os.close(handle)
        except OSError as fault:
            raise trouble(f"The printer at {self.path} does not take the job ({fault.strerror}).") from fault
