"""A printer that keeps the papers which are no receipts."""

from __future__ import annotations

from dataclasses import dataclass, field

from ui.counter import Tray


@dataclass
class PaperTray(Tray):
    """Keeps title and PDF."""

    kept: list[tuple[str, bytes]] = field(default_factory=list)

    def paper(self, title: str, pdf: bytes) -> None:
        """Keep it."""
        self.kept.append((title, pdf))
