"""The window with a clerk at work."""

from __future__ import annotations

from ui.back_office import office_template
from ui.counter import counter, office_url, selling

__all__ = ["counter", "office_template", "office_url", "selling"]
