"""A whole day in a process of its own: sold through the services, shown in the window, printed, closed."""

from __future__ import annotations

import os
import sys
import tempfile
from contextlib import closing
from functools import partial
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

CALLS: list[str] = []
WATCHED = frozenset({"socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname", "socket.bind"})


def hear(event: str, arguments: tuple[object, ...]) -> None:
    """Take down every call to a network that Python makes."""
    if event in WATCHED:
        CALLS.append(f"{event} {arguments!r}")


def main() -> None:
    """Do the day; end with 1 where something was called."""
    sys.addaudithook(hear)
    folder = Path(tempfile.mkdtemp(prefix="csr-desk-alone-"))
    os.environ["CSR_DESK_HOME"] = str(folder)
    from csr_desk.services.desk import open_desk  # noqa: PLC0415 - after the hook
    from csr_desk.ui.pictures import picture_window  # noqa: PLC0415
    from proof.counter import make_office, open_counter  # noqa: PLC0415

    url = f"sqlite:///{folder / 'office.sqlite'}"
    make_office(url, folder / "keys")
    counter = open_counter(url, folder / "keys")
    with closing(counter.desk):
        for name, _key, act in counter.acts(sales=3):
            act()
            if name == "sale" and len(counter.receipts) == 1:
                counter.desk.close()
                counter.desk.alone = None
                drawn = picture_window(partial(open_desk, url, key_folder=folder / "keys"), folder / "drawn")
                counter.desk = open_counter(url, folder / "keys").desk
                assert len(drawn) >= 2, drawn
    if "--call" in sys.argv:
        import socket  # noqa: PLC0415

        socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(("192.0.2.1", 9))
    print(f"{len(counter.receipts)} receipts, {CALLS}")  # noqa: T201
    sys.exit(1 if CALLS else 0)


if __name__ == "__main__":
    main()
