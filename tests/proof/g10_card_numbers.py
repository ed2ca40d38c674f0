"""G10: no card number stays anywhere, however it is written and wherever it is keyed, scanned or imported."""

from __future__ import annotations

import json
import random
import shutil
import uuid
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any
from unittest import mock

from stdnum import luhn

from csr_desk.documents.receipt import receipt_pdf
from csr_desk.domain import card_numbers
from csr_desk.domain.card_numbers import find_card_number
from csr_desk.domain.errors import CardNumberRefused, Refusal, Trouble
from csr_desk.services import receipts, replay, setup, staff
from csr_desk.services.desk import Desk, open_desk
from csr_desk.services.fault_log import fault_log
from proof.hostile_days import SCENARIOS, _receipts, _tables
from proof.imports import Imports
from proof.raw_scan import files_with
from proof.table import Row, Tier

ATTEMPTS = {Tier.TASTE: 60, Tier.COMMIT: 1_000, Tier.NIGHT: 10_000}
PUBLISHED = (
    "4111111111111111", "4012888888881881", "4222222222222", "5555555555554444", "5105105105105100",
    "2223003122003222", "378282246310005", "371449635398431", "6011111111111117", "6011000990139424",
    "3530111333300000", "30569309025904", "38520000023237", "6205500000000000004", "5019717010103742",
)  # fmt: skip
"""Test numbers that the schemes and their processors publish."""
_PREFIXES = (("4", 16), ("51", 16), ("55", 16), ("2223", 16), ("34", 15), ("37", 15), ("6011", 16), ("65", 16),
             ("3530", 16), ("36", 14), ("62", 19))  # fmt: skip
_KEPT_WORDS = frozenset({"do", "at", "expect", "expect_error", "id", "business_date", "from", "to", "date", "kind"})
"""Words of a step that choose something and are never kept as they are said."""


def new_number(luck: random.Random) -> str:
    """Return a card number that nobody has, of some scheme."""
    prefix, size = luck.choice(_PREFIXES)
    body = prefix + "".join(str(luck.randrange(10)) for _ in range(size - len(prefix) - 1))
    return body + luhn.calc_check_digit(body)


def _grouped(number: str, mark: str) -> str:
    sizes = (4, 6, 5) if len(number) == 15 else (4,) * 5
    parts, at = [], 0
    for size in sizes:
        parts.append(number[at : at + size])
        at += size
    return mark.join(part for part in parts if part)


_BETWEEN = (" ", "-", ".", "/", "_", "\u00a0", "\u200b", " - ", ", ", "–", "x")


def _in_script(number: str, zero: int) -> str:
    return "".join(chr(zero + int(digit)) for digit in number)


def ways(number: str) -> tuple[str, ...]:
    """Write a number in every way that people and readers write it."""
    raised = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
    return (
        number, *(_grouped(number, mark) for mark in _BETWEEN),
        " ".join(number), "-".join(number), f"card {_grouped(number, ' ')} exp 12/27 cvv 123", f"PAN{number}end",
        f"a{number}b", f"no:{number};123", _grouped(number, "\n"), _grouped(number, "\r\n  "),
        f"{number[:8]}\n{number[8:]}",
        _in_script(number, 0xFF10), _in_script(number, 0x0660), _in_script(number, 0x0966), number.translate(raised),
        f";{number}=25121010000000000000?", f"%B{number}^DOE/JANE^2512101000000000?", f"({number})", f"#{number}.",
        f"14/07 {number}",
    )  # fmt: skip


@dataclass
class Tries:
    """What was keyed and what came of it."""

    luck: random.Random
    numbers: dict[str, str] = field(default_factory=dict)
    """Each number, and where it was keyed."""
    tried: int = 0
    refused: int = 0
    as_cards: int = 0
    """Those that were refused because they are card numbers; the others met another refusal first."""
    done: int = 0
    fields: set[str] = field(default_factory=set)

    def written(self, where: str) -> str:
        """Return a new number, written in some way."""
        number = new_number(self.luck)
        self.numbers[number] = where
        return self.luck.choice(ways(number))


def everywhere(step: object, path: str = "") -> Iterator[tuple[Any, Any, str]]:
    """Yield every place of a text in a step: its holder, its key, and how the place is called."""
    parts: list[tuple[Any, Any]] = list(step.items()) if isinstance(step, dict) else []
    parts += list(enumerate(step)) if isinstance(step, list) else []
    for key, value in parts:
        if key in _KEPT_WORDS:
            continue
        where = f"{path}.{key}" if isinstance(key, str) else path
        if isinstance(value, str) and not value.startswith("$"):
            yield step, key, where
        else:
            yield from everywhere(value, where)


def key_everywhere(desk: Desk, content: bytes, tries: Tries, most: int) -> None:
    """Play a scenario; before each step, key a card number in each of its places in turn, for real."""
    script = replay.Script((), str(uuid.uuid4()))
    for number, raw in enumerate(content.splitlines(), start=1):
        if not raw.startswith(b"{"):
            continue
        step = json.loads(raw, parse_float=Decimal)
        step.setdefault("key", str(uuid.uuid4()))
        step.setdefault("by", "clerk1")
        for holder, key, where in list(everywhere(step, step["do"])):
            if tries.tried < most:
                said, holder[key] = holder[key], tries.written(where)
                outcome = replay._run_line(desk, script, replay.ScriptLine(number, number, step))
                holder[key] = said
                tries.tried += 1
                tries.fields.add(where)
                tries.refused += outcome.error is not None
                tries.as_cards += outcome.error is not None and outcome.error[0] == CardNumberRefused.code
                tries.done += outcome.error is None
        step["key"] = str(uuid.uuid4())
        replay._run_line(desk, script, replay.ScriptLine(number, number, step))


def keyed(tries: Tries, tier: Tier, folder: Path) -> list[str]:
    """Key numbers in every field of every service; write every file that there is; return what is found in them."""
    folder.mkdir(exist_ok=True)
    fresh = folder / "fresh.sqlite"
    setup.make_demo_office(f"sqlite:///{fresh}", key_folder=folder / "keys")
    scenarios = sorted(SCENARIOS.glob("*.jsonl"))
    tries.luck.shuffle(scenarios)
    share = max(ATTEMPTS[tier] // (4 if tier is Tier.TASTE else 30), 1)
    for path in scenarios * (10 if tier is Tier.NIGHT else 1):
        if tries.tried >= ATTEMPTS[tier]:
            break
        file = folder / f"{path.stem}-{tries.tried}.sqlite"
        shutil.copyfile(fresh, file)
        with closing(open_desk(f"sqlite:///{file}", key_folder=folder / "keys")) as desk:
            key_everywhere(desk, path.read_bytes(), tries, min(tries.tried + share, ATTEMPTS[tier]))
            write_out(desk, folder / f"{file.stem}-files")
    return kept_in(folder, tries)


def kept_in(folder: Path, tries: Tries) -> list[str]:
    """Return where the numbers are that were found in files, by what they were keyed in."""
    found = files_with(folder, frozenset(tries.numbers))
    return sorted({f"{tries.numbers[one.rpartition(': ')[2]]} in {one.partition(':')[0]}" for one in found})


def write_out(desk: Desk, folder: Path) -> None:
    """Write what the office gives: tables, receipts, a log."""
    folder.mkdir()
    for name, made in _tables(desk, staff.person(desk, "auditor1"), staff.person(desk, "accountant1")):
        (folder / f"{name}.csv").write_bytes(made())
    for number in _receipts(desk):
        receipt = receipts.receipt(desk, staff.person(desk, "auditor1"), number)
        (folder / f"{number}.pdf").write_bytes(receipt_pdf(receipt))


def imported(tries: Tries, tier: Tier, folder: Path) -> list[str]:
    """Import numbers in every kind of file, and let the program stumble over them."""
    folder.mkdir(exist_ok=True)
    place = Imports(folder / "place")
    seeds = {kind.name: kind for kind in place.kinds}
    log = fault_log(folder / "log")
    times = max(ATTEMPTS[tier] // 20, 5)
    for name in ("catalogue folder", "catalogue workbook", "fee schedule", "counter script"):
        for _ in range(times):
            word = tries.written(name).replace("\n", " ").replace("\r", " ").replace('"', "")
            seed = tries.luck.choice(seeds[name].seeds)
            tries.tried += 1
            try:
                seeds[name].take(_with_number(tries.luck, name, seed, word, place))
                tries.done += 1
            except (Refusal, Trouble):
                tries.refused += 1
            _stumble(log, word)
    log.close()
    place.close()
    shutil.rmtree(place.incoming)  # what was brought is not what the program wrote
    return kept_in(folder, tries)


def _with_number(luck: random.Random, name: str, seed: bytes, word: str, place: Imports) -> bytes:
    if name == "catalogue workbook":
        from proof.mutations import unzipped, zipped  # noqa: PLC0415

        parts = unzipped(seed)
        part = luck.choice([one for one in parts if one.startswith("xl/worksheets") and b"<t>" in parts[one]])
        texts = parts[part].split(b"<t>")
        at = luck.randrange(1, len(texts))
        texts[at] = word.replace("<", "").replace("&", "").encode() + b"</t>" + texts[at].partition(b"</t>")[2]
        return zipped({**parts, part: b"<t>".join(texts)})
    head, _, rest = seed.partition(b"\n")
    rows = rest.splitlines()
    at = luck.randrange(len(rows))
    rows[at] = rows[at] + b"," + word.encode() if luck.random() < 0.3 else _in_a_cell(luck, rows[at], word)
    return head + b"\n" + b"\n".join(rows)


def _in_a_cell(luck: random.Random, row: bytes, word: str) -> bytes:
    mark = b'"' if row.startswith(b"{") else b","
    cells = row.split(mark)
    cells[luck.randrange(len(cells))] = word.replace(",", " ").encode()
    return mark.join(cells)


def _stumble(log: Any, word: str) -> None:
    import logging  # noqa: PLC0415

    fault = ValueError(f"invalid literal for int() with base 10: {word}")
    log.emit(logging.LogRecord("csr_desk", logging.ERROR, "", 0, "fault A1", (), (ValueError, fault, None)))


OTHERS = ("account", "ESI ID", "permit", "receipt", "phone", "bank account", "routing", "date and time", "parcel")


def other_number(luck: random.Random, kind: str) -> str:
    """Return a long number of a city's counter that is no card."""
    figures = "".join(str(luck.randrange(10)) for _ in range(24))
    return {
        "account": f"{figures[:4]}-{figures[4:8]}-{figures[8:12]}",
        "ESI ID": f"10089010{figures[:9]}" if luck.random() < 0.5 else f"10089010{figures[:14]}",
        "permit": f"20{luck.randrange(20, 30)}-{figures[:7]}",
        "receipt": f"HPC{luck.randrange(1, 9)}-{figures[:7]}",
        "phone": f"{luck.randrange(201, 990)}-{luck.randrange(200, 999)}-{figures[:4]}",
        "bank account": figures[: luck.choice((8, 9, 10, 10, 11, 12, 12))],
        "routing": f"{luck.choice(('11', '06', '31'))}{figures[:7]}",
        "date and time": f"2026-{luck.randrange(1, 13):02d}-{luck.randrange(1, 29):02d} "
                         f"{luck.randrange(24):02d}:{luck.randrange(60):02d}:{luck.randrange(60):02d}",
        "parcel": f"{luck.choice('01')}{figures[:2]}-{figures[3:6]}-{figures[6:9]}-{figures[9:13]}",
    }[kind]  # fmt: skip


def others_left_alone(tier: Tier) -> Row:
    """Count the numbers of a counter that are taken for cards: at most one in a thousand."""
    luck = random.Random("others")  # noqa: S311
    times = 100_000 if tier is not Tier.TASTE else 5_000
    wrong = [kind for n in range(times) if find_card_number(other_number(luck, kind := OTHERS[n % len(OTHERS)]))]
    few = times // 10
    lone = sum(find_card_number(str(luck.randrange(10**15, 10**16))) is not None for _ in range(few))
    phones = (f"{other_number(luck, 'phone')} {other_number(luck, 'phone')}" for _ in range(few))
    pairs = sum(find_card_number(both) is not None for both in phones)
    worst = {kind: wrong.count(kind) for kind in sorted(set(wrong))}
    remark = (f"{len(wrong) / times:.3%} wrongly {worst or ''}; any 16 figures {lone / few:.1%}, "
              f"two telephone numbers side by side {pairs / few:.1%}")  # fmt: skip
    return Row(
        "G10", "other numbers left alone", "both", times, 0, altered=len(wrong) if len(wrong) * 1000 > times else 0,
        remark=remark,
    )  # fmt: skip


def every_way(tier: Tier) -> Row:
    """Write numbers in every way, and count those that the detector does not see."""
    luck = random.Random("ways")  # noqa: S311
    times = {Tier.TASTE: 20, Tier.COMMIT: 1_000, Tier.NIGHT: 20_000}[tier]
    written = [way for number in (*PUBLISHED, *(new_number(luck) for _ in range(times))) for way in ways(number)]
    missed = [way for way in written if find_card_number(way) is None]
    remark = f"{len(ways('4' * 16))} ways" + (f"; missed {missed[:2]!r}" if missed else "")
    tried = len(written)
    return Row("G10", "card numbers however written", "both", tried, tried, lost=len(missed), remark=remark)


def rows(tier: Tier, folder: Path) -> Iterator[Row]:
    """Yield what was keyed, imported and left alone, and the self-test."""
    yield every_way(tier)
    yield others_left_alone(tier)
    for what, play in (("keyed in every field", keyed), ("imported in every kind of file", imported)):
        tries = Tries(random.Random(what))  # noqa: S311
        found = play(tries, tier, folder / play.__name__)
        fields = f"{len(tries.fields)} fields, " if tries.fields else ""
        refused = f"{tries.refused:,} refused" + (f" ({tries.as_cards:,} as card numbers)" if tries.as_cards else "")
        remark = f"{fields}{refused}, {tries.done:,} done without keeping it; {found}"[:200]
        yield Row("G10", what, "sqlite", tries.tried, tries.tried, altered=len(found), remark=remark)
    tries = Tries(random.Random("off"))  # noqa: S311
    with mock.patch.object(card_numbers, "looks_like_card", return_value=False):
        found = keyed(tries, Tier.TASTE, folder / "off")
    yield Row("G10", "nobody looks for card numbers", "sqlite", tries.tried, 1, altered=len(found),
              remark=f"{len(found)} found in the files", broken_on_purpose=True)  # fmt: skip
