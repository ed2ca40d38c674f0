"""The demo office for the shelf of forms and for referrals."""

from __future__ import annotations

from ui.back_office import dressed, office, office_template
from ui.counter import counter, office_url, selling

__all__ = ["counter", "dressed", "office", "office_template", "office_url", "selling"]
