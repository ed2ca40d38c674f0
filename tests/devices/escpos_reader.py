"""A small reader of ESC/POS: what a till printer would print, cut and kick; it refuses commands it does not know."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Printed:
    """What came out."""

    lines: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    kicks: list[tuple[int, int, int]] = field(default_factory=list)
    cuts: int = 0
    strong: list[str] = field(default_factory=list)
    double: list[str] = field(default_factory=list)


LENGTHS = {b"\x1b@": 0, b"\x1bt": 1, b"\x1ba": 1, b"\x1bE": 1, b"\x1bp": 3, b"\x1d!": 1, b"\x1dB": 1, b"\x1dh": 1,
           b"\x1dw": 1, b"\x1dH": 1, b"\x1dV": 2}  # fmt: skip


def printed(data: bytes) -> Printed:
    """Read a job from reset to cut."""
    out = Printed()
    line = bytearray()
    strong = double = False
    at = 0
    while at < len(data):
        byte = data[at]
        if byte in {0x1B, 0x1D}:
            command = data[at : at + 2]
            if command == b"\x1dk":
                length = data[at + 3]
                out.codes.append(data[at + 4 : at + 4 + length].decode("ascii"))
                at += 4 + length
                continue
            operands = data[at + 2 : at + 2 + LENGTHS[command]]
            at += 2 + LENGTHS[command]
            strong = bool(operands[0]) if command == b"\x1bE" else strong
            double = bool(operands[0]) if command == b"\x1d!" else double
            out.cuts += command == b"\x1dV"
            if command == b"\x1bp":
                out.kicks.append((operands[0], operands[1], operands[2]))
            continue
        at += 1
        if byte == 0x0A:
            told = line.decode("cp1252")
            out.lines.append(told)
            if strong:
                out.strong.append(told)
            if double:
                out.double.append(told)
            line.clear()
        else:
            assert byte >= 0x20, f"control byte {byte:#x} in text"
            line.append(byte)
    return out
