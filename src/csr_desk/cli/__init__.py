"""The command line ``csr-desk``: everything that needs no window, and the window itself."""

from __future__ import annotations

from csr_desk.cli.program import app

__all__ = ["app"]
