"""The window with a clerk at the counter, for the panels of a project."""

from __future__ import annotations

from ui.back_office import dressed, office, office_template
from ui.counter import counter, office_url, selling

__all__ = ["counter", "dressed", "office", "office_template", "office_url", "selling"]
