"""The parts of the information desk, each by a key."""

from __future__ import annotations

from csr_desk.ui.view_spec import ViewSpec

VIEWS: tuple[ViewSpec, ...] = ()
"""In the order of the row above the page."""
