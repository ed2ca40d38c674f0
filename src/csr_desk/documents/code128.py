"""Code 128 as bars: what a scanner reads from the foot of a receipt (ISO/IEC 15417, code sets B and C)."""

from __future__ import annotations

_PACKED = (
    "212222222122222221121223121322131222122213122312132212221213221312231212112232122132122231113222"
    "123122123221223211221132221231213212223112312131311222321122321221312212322112322211212123212321"
    "232121111323131123131321112313132113132311211313231113231311112133112331132131113123113321133121"
    "313121211331231131213113213311213131311123311321331121312113312311332111314111221411431111111224"
    "111422121124121421141122141221112214112412122114122411142112142211241211221114413111241112134111"
    "111242121142121241114212124112124211411212421112421211212141214121412121111143111341131141114113"
    "114311411113411311113141114131311141411131211412211214211232"
)
_PATTERNS = (*(_PACKED[at : at + 6] for at in range(0, len(_PACKED), 6)), "2331112")
"""Widths of bar, space, bar … in modules, by value; the last is the stop."""

_START_B, _START_C, _TO_C, _TO_B, _STOP = 104, 105, 99, 100, 106
_CHECK = 103
_PAIRS_WORTH_IT = 4
"""Digits in a row from which code set C is shorter."""

QUIET = 10
"""Modules of white that the standard asks for on either side."""


def code128_widths(text: str) -> tuple[int, ...]:
    """Widths of bar, space, bar … in modules for printable ASCII; ValueError for anything else."""
    if not text or not text.isascii() or not text.isprintable():
        raise ValueError("Code 128 carries printable ASCII only.")
    values = _values(text)
    check = (values[0] + sum(at * value for at, value in enumerate(values))) % _CHECK
    return tuple(int(width) for value in (*values, check, _STOP) for width in _PATTERNS[value])


def _values(text: str) -> list[int]:
    values: list[int] = []
    at, in_c = 0, False
    while at < len(text):
        digits = _digits_from(text, at)
        if digits >= (2 if in_c else _PAIRS_WORTH_IT) and digits % 2 == 0:
            if not in_c:
                values.append(_TO_C if values else _START_C)
                in_c = True
            values.append(int(text[at : at + 2]))
            at += 2
            continue
        if in_c or not values:
            values.append(_TO_B if values else _START_B)
            in_c = False
        values.append(ord(text[at]) - 32)
        at += 1
    return values


def _digits_from(text: str, at: int) -> int:
    end = at
    while end < len(text) and text[end].isdigit():
        end += 1
    return end - at
