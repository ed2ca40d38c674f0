"""A key in the search of the information desk to its cards, among 20,000, against looking through every text bare."""

from __future__ import annotations

import gc
import os
import random
import statistics
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks import counter
from benchmarks.measure import Measured
from csr_desk.data.models import card, card_text
from csr_desk.services.cards import find_cards
from csr_desk.services.demo_card_texts import CARDS
from csr_desk.services.desk import Desk, open_desk

COUNT = 20_000
BAR = 4.0
PROMISED = 0.05
"""Seconds from a key to its cards, for 95 keys of a hundred."""
QUESTIONS = (
    "fence permit", "watre shut off", "elektricity bak on", "como obtengo", "cortaron el agua", "alram", "refund",
    "re-inspection", "birth certificat", "nuoc", "leak adjustmnt", "payment plan",
)  # fmt: skip
TIMES = 3
_DAY = "2026-07-14"
_BEGIN, _MIDDLE, _END = ("ba", "cor", "di", "fen", "gra", "ho", "lin", "mo", "pla", "ser"), ("ra", "te", "ni"), (
    "ble", "ning", "ter", "ton", "ment", "sal", "der", "vice", "rage", "port",
)  # fmt: skip


def run() -> Measured:
    """Type the questions key by key; the bare scan looks for the text as it stands, and forgives nothing."""
    path = Path(os.environ["CSR_DESK_HOME"]).parent / "cards.db"
    counter.new_counter(path)
    desk = open_desk(counter.url(path))
    texts = _fill(desk)
    keys = [text[:end] for text in QUESTIONS for end in range(1, len(text) + 1)]
    began = time.perf_counter()
    find_cards(desk, counter.CLERK, "fence")
    made = time.perf_counter() - began
    ours, base = _by_turns(desk, keys, texts)
    if not find_cards(desk, counter.CLERK, "elektricity"):
        raise RuntimeError("A slip of the finger found nothing; the benchmark would measure an empty list.")
    desk.close()
    path.unlink()
    late = sum(one > PROMISED for one in ours)
    note = (
        f"p95 {_p95(ours) * 1000:.1f} ms of promised {PROMISED * 1000:.0f}, bare p95 {_p95(base) * 1000:.1f}; median "
        f"{statistics.median(ours) * 1000:.1f} and {statistics.median(base) * 1000:.1f}; {late} of {len(ours)} keys "
        f"late; the first question after a card changed {made:.1f} s"
    )
    what = f"a key in the search of the information desk to its cards ({COUNT:,} cards), p95"
    return Measured(what, "`in` over every text", BAR, _p95(ours), _p95(base), len(ours), note)


def _fill(desk: Desk) -> list[str]:
    """Put the cards in as the demo city writes them, each with words of its own, and return what they say."""
    chance = random.Random(7)  # the same cards on every machine
    rows, said = [], []
    for at in range(COUNT):
        number = f"KA26-{at + 1:05d}-0"
        entry = {"version": 1, "series_id": desk.office_series, "seq": 1}
        told = CARDS[at % len(CARDS)]
        rows.append({
            "card_no": number, "topic": told.topic, "state": "current", "review_on": _DAY, "changed_on": _DAY, **entry,
        })  # fmt: skip
        for language, one in told.said.items():
            own = " ".join(f"{chance.choice(_BEGIN)}{chance.choice(_MIDDLE)}{chance.choice(_END)}" for _ in range(6))
            said.append({
                "card_no": number, "language": language, "question": f"{one.question} {own}",
                "short_answer": one.answer, "steps": "\n".join(one.steps) or None,
                "papers": "\n".join(one.papers) or None, **entry,
            })  # fmt: skip
    with desk.begin() as work:
        work.conn.execute(card.insert(), rows)
        work.conn.execute(card_text.insert(), said)
    return ["\n".join(str(one[name] or "") for name in ("question", "short_answer", "steps", "papers")) for one in said]


def _by_turns(desk: Desk, keys: Sequence[str], texts: Sequence[str]) -> tuple[list[float], list[float]]:
    ours, base = [], []
    for _ in range(TIMES):
        gc.collect()
        gc.disable()
        for text in keys:
            began = time.perf_counter()
            find_cards(desk, counter.CLERK, text)
            between = time.perf_counter()
            _bare(texts, text)
            ours.append(between - began)
            base.append(time.perf_counter() - between)
        gc.enable()
    return ours, base


def _bare(texts: Sequence[str], question: str) -> list[int]:
    """Look through every text for the question as it was typed: no slip forgiven, nothing ranked."""
    return [at for at, text in enumerate(texts) if question in text]


def _p95(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]
