"""Seals and their keys, tried by every role (see ``role_trials``)."""

from __future__ import annotations

import tempfile
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from csr_desk.data.seal_keys import Signer, unlock
from csr_desk.domain.people import Act, Actor, Role
from csr_desk.domain.seal import SealKey
from csr_desk.services import seal_files, seals

if TYPE_CHECKING:
    from csr_desk.services.desk import Desk
    from services.role_trials import Trial

YESTERDAY = date(2026, 7, 13)
_ADMIN = Actor("admin1", "Chidi Nwosu", "System administrator", Role.ADMINISTRATOR)


@cache
def officer() -> tuple[SealKey, Signer]:
    """Make a finance officer's key, once."""
    with tempfile.TemporaryDirectory() as folder:
        public, _ = seal_files.new_key(Path(folder) / "officer.pem", "a long enough passphrase")
        return public, unlock(Path(folder) / "officer.pem", "a long enough passphrase")


def seal_a_day(desk: Desk, actor: Actor, day: date) -> object:
    """Seal a day; the key is set before by an administrator where the person may seal."""
    public, signer = officer()
    if actor.may(Act.SEAL_DAY):
        seals.set_seal_key(desk, _ADMIN, seals.SetSealKey("the officer’s key", public))
    return seals.seal_day(desk, actor, seals.new_command(day), signer)


def set_the_key(desk: Desk, actor: Actor, key: str) -> object:
    """Put the officer's key into the ledger."""
    return seals.set_seal_key(desk, actor, seals.SetSealKey(key, officer()[0]))


SEAL_TRIALS: dict[str, tuple[Act, Trial]] = {
    "seals.set_seal_key": (Act.SET_SEAL_KEY, lambda w: set_the_key(w.city.desk, w.actor, w.city.key())),
    "seals.seal_book": (Act.SEE_REPORTS, lambda w: seals.seal_book(w.city.desk, w.actor)),
    "seals.seal_day": (Act.SEAL_DAY, lambda w: seal_a_day(w.city.desk, w.actor, YESTERDAY)),
}
"""By module and function: the act, and how it is tried."""
