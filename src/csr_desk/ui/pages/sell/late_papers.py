"""A paper of the contractor has run out: why the permit is sold all the same, before a supervisor is asked.

Knows no Qt.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from csr_desk.domain.errors import PaperExpired
from csr_desk.ui.context import Field
from csr_desk.ui.dates import sentence_words
from csr_desk.ui.wording import tr

if TYPE_CHECKING:
    from csr_desk.services.permit_sales import Buying
    from csr_desk.ui.pages.sell.presenter import SellPresenter


class LatePapers:
    """The reason of one sell page; it counts for the cart that it was given for, and for no other."""

    def __init__(self, sale: SellPresenter) -> None:
        """Nothing was said yet."""
        self._sale = sale
        self._said = ("", "")

    @property
    def buying(self) -> Buying:
        """What the sale says of its contractor: the lines name who it is."""
        from csr_desk.services.permit_sales import Buying

        key, reason = self._said
        return Buying(reason=reason if key == self._sale.cart.key else "")

    def ask(self, error: Exception) -> bool:
        """Ask why, and sell again; False where the error is another one."""
        if not isinstance(error, PaperExpired):
            return False

        def take(keyed: dict[str, str]) -> str | None:
            if not keyed["reason"].strip():
                return tr("Say why it is sold all the same.")
            self._said = (self._sale.cart.key, keyed["reason"].strip())
            self._sale.finish()
            return None

        fields = (Field("reason", tr("Why it is sold all the same")),)
        title = sentence_words(error.message)
        self._sale.context.shell.ask_fields(title, fields, take, tr("Ask a supervisor"), keep=True)
        return True
