"""What can go wrong, in sentences for the person at the counter.

The docstring of a refusal is its text when nothing more exact is said; ``code`` is its name in the counter script.
"""

from __future__ import annotations

from typing import ClassVar


class Refusal(Exception):
    """This cannot be done as asked."""

    code: ClassVar[str] = "bad_input"

    def __init__(self, message: str = "", *, field: str = "") -> None:
        """Say ``message`` (or the class docstring); ``field`` names the input to put the focus on."""
        super().__init__(message or (type(self).__doc__ or "").strip())
        self.field = field

    @property
    def message(self) -> str:
        """The sentence to show."""
        return str(self.args[0])


class BadInput(Refusal):
    """Something that was keyed cannot be read. Check it and try again."""


class MissingInput(Refusal):
    """A field that this item needs is empty. Fill it in."""

    code = "missing_input"


class UnknownItem(Refusal):
    """No item of the catalogue has this code. Search by name instead."""

    code = "unknown_item"


class NotInForce(Refusal):
    """No price is in force for this date. Ask a supervisor which fee schedule applies; prices are never guessed."""

    code = "not_in_force"


class NotPermitted(Refusal):
    """Your role does not allow this. Ask somebody whose role does."""

    code = "not_permitted"

    def __init__(self, message: str = "", *, field: str = "", act: str = "") -> None:
        """Say which act was refused, where it is known, so that the journal can name it."""
        super().__init__(message, field=field)
        self.act = act


class WrongSecret(NotPermitted):
    """The name or the secret is not right. Try again."""


class ApprovalNeeded(Refusal):
    """A supervisor must approve this."""

    code = "approval_required"

    def __init__(self, message: str = "", *, act: str = "", subject: str = "", amount: int = 0) -> None:
        """Say which act on what subject for which amount (cents) the approval is asked for."""
        super().__init__(message)
        self.act = act
        self.subject = subject
        self.amount = amount


class SelfApproval(Refusal):
    """Nobody approves an act of their own. Ask another supervisor."""

    code = "self_approval"

    def __init__(self, message: str = "", *, act: str = "", subject: str = "", amount: int = 0) -> None:
        """Say which act on what subject for which amount (cents) somebody tried to approve for themselves."""
        super().__init__(message)
        self.act = act
        self.subject = subject
        self.amount = amount


class DrawerNotOpen(Refusal):
    """You have no open drawer. Count the float and open one first."""

    code = "drawer_not_open"


class TrainingExpired(Refusal):
    """Your training in handling cash is not on file or has run out. A supervisor records it before you open one."""

    code = "training_expired"


class DrawerInUse(Refusal):
    """This drawer is already open. One person holds one drawer at a time."""

    code = "drawer_in_use"


class DrawerLocked(Refusal):
    """The drawer holds as much cash as it may. Drop cash to the safe before taking more."""

    code = "drawer_locked"


class Counting(Refusal):
    """This drawer is being counted; nothing can be sold from it."""

    code = "counting"


class NotEnough(Refusal):
    """The tenders do not cover what is due."""

    code = "not_enough"


class ChangeNotAllowed(Refusal):
    """Change is given from cash only. Key the exact amount for this tender."""

    code = "change_not_allowed"


class TenderRefused(Refusal):
    """This tender is not taken for what is in the cart."""

    code = "tender_refused"


class CardNumberRefused(Refusal):
    """This looks like a card number. Never key or keep one; only the last four digits are recorded."""

    code = "card_number_refused"


class CheckRefused(Refusal):
    """This check cannot be taken. Ask for cash, a card or a money order."""

    code = "check_refused"


class AlreadyVoided(Refusal):
    """This receipt is void already."""

    code = "already_voided"


class BatchClosed(Refusal):
    """This batch is closed. Corrections after the close are refunds."""

    code = "batch_closed"


class DayClosed(Refusal):
    """This business date is closed; nothing can be posted to it."""

    code = "day_closed"


class NotFound(Refusal):
    """Nothing has this number."""

    code = "not_found"


class AlreadyPaid(Refusal):
    """This has been paid already."""

    code = "already_paid"


class Ineligible(Refusal):
    """The conditions for this are not met."""

    code = "ineligible"


class PaperExpired(Refusal):
    """A paper of this contractor has run out. Ask for the new one, or have a supervisor approve."""

    code = "paper_expired"


class OrderExpired(Refusal):
    """This order has run out. Prepare it anew: its prices are those of today then."""

    code = "order_expired"


class AddressMismatch(Refusal):
    """The address is not exactly the permitted one. The utility refuses it; correct one of the two."""

    code = "address_mismatch"


class NoticesUnread(Refusal):
    """Something changed that you have not read yet. Read it on the information desk (F3) before your first sale."""

    code = "notices_unread"


class WrongState(Refusal):
    """This cannot be done any more, or not yet."""

    code = "wrong_state"


class Conflict(Refusal):
    """Somebody else changed this in the meantime. Look at it again."""

    code = "conflict"


class Trouble(Exception):
    """Something outside the program failed (disk, printer, database); nothing is lost. Mend it and try again."""


class Latched(Trouble):
    """Nothing is recorded any more until the database was opened anew and verified."""
