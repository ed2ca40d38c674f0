"""Code 128 as bars: what a scanner reads from the foot of a receipt (ISO/IEC 15417, code sets B and C)."""

from __future__ import annotations

_PATTERNS: tuple[str, ...] = tuple(
    """
    212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231
    113222 123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211
    212123 212321 232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131
    113123 113321 133121 313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111
    314111 221411 431111 111224 111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211
    241211 221114 413111 241112 134111 111242 121142 121241 114212 124112 124211 411212 421112 421211 212141
    214121 412121 111143 111341 131141 114113 114311 411113 411311 113141 114131 311141 411131 211412 211214
    211232 2331112
""".split()
)
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
