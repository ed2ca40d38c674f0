"""What an entry of the ledger is about: so that the time line of a customer, a project or a permit finds it.

An entry says so itself, under ``about`` in its facts; the table beside the ledger only finds it again.
"""

from __future__ import annotations

from hashlib import sha256

ABOUT = "about"
"""The fact that names what an entry is about."""


def account(number: str) -> str:
    """Return the subject that is an account."""
    return f"account:{number}"


def customer(number: str) -> str:
    """Return the subject that is a customer."""
    return f"customer:{number}"


def project(number: str) -> str:
    """Return the subject that is a project."""
    return f"project:{number}"


def permit(number: str) -> str:
    """Return the subject that is a permit."""
    return f"permit:{number}"


def order(number: str) -> str:
    """Return the subject that is an order for the cashier."""
    return f"order:{number}"


def contractor(number: str) -> str:
    """Return the subject that is a contractor."""
    return f"contractor:{number}"


def inspection(number: str) -> str:
    """Return the subject that is an inspection."""
    return f"inspection:{number}"


def work_order(number: str) -> str:
    """Return the subject that is a work order."""
    return f"work_order:{number}"


def release(number: str) -> str:
    """Return the subject that is a service release."""
    return f"release:{number}"


def release_batch(number: str) -> str:
    """Return the subject that is a batch of releases."""
    return f"release_batch:{number}"


def company(number: str) -> str:
    """Return the subject that is another company."""
    return f"company:{number}"


def verification(number: str) -> str:
    """Return the subject that is the verification of a new account."""
    return f"verification:{number}"


def message(number: str) -> str:
    """Return the subject that is a message of the outbox."""
    return f"message:{number}"


def request(number: str) -> str:
    """Return the subject that is a request or complaint."""
    return f"request:{number}"


def visit(number: str) -> str:
    """Return the subject that is somebody at the counter."""
    return f"visit:{number}"


def referral(number: str) -> str:
    """Return the subject that is a referral."""
    return f"referral:{number}"


def handout(number: str) -> str:
    """Return the subject that is a form that was handed out."""
    return f"handout:{number}"


def notice(number: str) -> str:
    """Return the subject that is a notice of what changed."""
    return f"notice:{number}"


def card(number: str) -> str:
    """Return the subject that is a card of the information desk."""
    return f"card:{number}"


def form(number: str) -> str:
    """Return the subject that is a form of the shelf."""
    return f"form:{number}"


def need(number: str) -> str:
    """Return the subject that is what people come for that somebody else does."""
    return f"need:{number}"


def site(key: str) -> str:
    """Return the subject that is an address, known by a hash: facts of the chain never hold what people key.

    ``key`` is what all writings of the address have in common (``domain.sites``).
    """
    return f"site:{sha256(key.encode()).hexdigest()[:20]}"
