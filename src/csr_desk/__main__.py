"""``csr-desk`` and ``python -m csr_desk``."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line; with no command it opens the window."""
    if getattr(sys, "frozen", False):
        # verify checks long ledgers in several processes; in a bundle each of them starts here again
        import multiprocessing

        multiprocessing.freeze_support()
    from csr_desk import bootstrap
    from csr_desk.cli.station import plain_start

    database = plain_start(sys.argv[1:])
    if database:
        sys.exit(bootstrap.open_window(database))
    from csr_desk.cli.program import app

    app(obj=bootstrap.parts(), prog_name="csr-desk")


if __name__ == "__main__":
    main()
