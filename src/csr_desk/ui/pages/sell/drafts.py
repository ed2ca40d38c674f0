"""The open cart is kept in the database at every edit, so that a dead program loses nothing. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from csr_desk.ui.cart.cart import Cart
from csr_desk.ui.context import Context

if TYPE_CHECKING:
    from csr_desk.services.sell import CartDraft


class Drafts:
    """Saves the newest state; while one save is under way, only the last of the following ones is sent."""

    def __init__(self, context: Context) -> None:
        """Nothing is kept yet."""
        self._context = context
        self._under_way = False
        self._next: CartDraft | None = None
        self._kept: str | None = None

    def load(self, then: Callable[[CartDraft], None]) -> None:
        """Give ``then`` the unfinished cart of this person, if there is one."""
        desk, actor = self._context.desk, self._context.actor

        def read() -> CartDraft | None:
            from csr_desk.services.sell import load_draft

            return load_draft(desk, actor)

        def take(draft: CartDraft | None) -> None:
            if draft is not None:
                self._kept = draft.key
                then(draft)

        self._context.read(read, take)

    def draft_of(self, cart: Cart) -> CartDraft:
        """The cart as the services keep it."""
        from csr_desk.services.sell import CartDraft

        return CartDraft(
            key=cart.key,
            lines=cart.plain_lines(),
            tenders=tuple(cart.tenders),
            customer=cart.customer,
            held_number=cart.held,
            customer_id=cart.customer_id,
        )

    def save(self, cart: Cart) -> None:
        """Keep the cart as it is now; an emptied cart is given up.

        A paper receipt that is entered is not kept: it must never come back as a sale of the day.
        """
        if cart.paper is not None:
            return
        if not cart.lines and not cart.customer and self._kept != cart.key:
            return
        self._next = self.draft_of(cart)
        self._send()

    def forget(self) -> None:
        """The cart was sold or held: what was still to be saved is not."""
        self._next = None
        self._kept = None

    def _send(self) -> None:
        if self._under_way or self._next is None:
            return
        draft, self._next = self._next, None
        self._under_way = True
        desk, actor = self._context.desk, self._context.actor

        def keep() -> None:
            from csr_desk.services import sell

            if draft.lines or draft.customer:
                sell.save_draft(desk, actor, draft)
            else:
                sell.discard_draft(desk, actor, draft.key)

        self._kept = draft.key if draft.lines or draft.customer else None
        self._context.read(keep, self._kept_one, self._failed)

    def _kept_one(self, _done: None) -> None:
        self._under_way = False
        self._send()

    def _failed(self, error: Exception) -> None:
        self._under_way = False
        self._context.shell.problem(error)
