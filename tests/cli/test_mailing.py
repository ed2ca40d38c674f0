"""Mail from the command line: the outbox sent once, and the station's secret."""

from __future__ import annotations

import json
from pathlib import Path

from cli.test_commands import run
from csr_desk.services import setup_clock
from csr_desk.services.setup import demo_secret
from demo_city import City
from mail_office import Postman, mail_server
from services.test_outbox_sending import queued, set_up


def test_what_waits_is_sent_once_and_what_hangs_is_said(sqlite_city: City) -> None:
    city = sqlite_city
    postman = Postman()
    with mail_server(postman) as port:
        queued(city)
        code, _, err = run("mail", "send", "--database", city.url)
        assert (code, "No mail server is set up yet" in err) == (2, True)
        set_up(city, port)
        setup_clock.keep(city.desk)
        city.desk.close()
        assert run("mail", "send", "--database", city.url) == (0, "1 sent\n", "")
        assert run("mail", "send", "--database", city.url) == (0, "Nothing was due.\n", "")
    (mail,) = postman.mails
    assert mail["Subject"] == "One"


def test_the_secret_is_kept_with_the_keys(station_home: Path) -> None:
    env = {"CSR_DESK_MAIL_PASSWORD": demo_secret("admin1")}
    code, out, _ = run("mail", "secret", "--user", "counter", env=env)
    path = station_home / "keys" / "mail-secret.json"
    assert (code, out) == (0, f"Kept in {path}.\n")
    assert json.loads(path.read_bytes()) == {"user": "counter", "password": demo_secret("admin1")}
    path.unlink()
