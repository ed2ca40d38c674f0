"""The demo office for this page."""

from __future__ import annotations

from ui.back_office import dressed, office, office_template

__all__ = ["dressed", "office", "office_template"]
