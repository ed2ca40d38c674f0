"""``csr-desk`` and ``python -m csr_desk``."""

from __future__ import annotations

import multiprocessing


def main() -> None:
    """Run the command line; with no command it opens the window."""
    # verify checks long ledgers in several processes; in a bundle each of them starts here again
    multiprocessing.freeze_support()
    from csr_desk.bootstrap import parts
    from csr_desk.cli import app

    app(obj=parts(), prog_name="csr-desk")


if __name__ == "__main__":
    main()
