"""``csr-desk demo`` and ``csr-desk init``: making an office."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from csr_desk.cli import ends
from csr_desk.cli.parts import Parts
from csr_desk.cli.station import has_display
from csr_desk.locations import data_folder


def demo(
    context: typer.Context,
    database: Annotated[str, typer.Option(help="Where the demo city is, or goes.")] = "",
    days: Annotated[int, typer.Option(min=0, max=260, help="Past business days to fill with lifelike work.")] = 0,
    seed: Annotated[int, typer.Option(help="The same seed makes the same city.")] = 1,
    no_window: Annotated[bool, typer.Option("--no-window", help="Only make the city.")] = False,
    play_day: Annotated[bool, typer.Option("--play-day", help="Play a whole day at the counter.")] = False,
    papers: Annotated[Path | None, typer.Option(help="Folder for the papers of the played day.")] = None,
) -> None:
    """Make the demo city (once), and open the window on it."""
    from csr_desk.documents.demo_forms import draw_form
    from csr_desk.services import (
        demo_agencies,
        demo_calendar,
        demo_cards,
        demo_days,
        demo_forms,
        demo_people,
        demo_projects,
        demo_queue,
        demo_requests,
        setup,
    )

    with ends.plain_errors():
        url = database or f"sqlite:///{data_folder() / 'demo.sqlite'}"
        if setup.has_office(url):
            setup.refuse_live(url)
            typer.echo(f"The demo city is there already: {url}", err=True)
        else:
            setup.make_demo_office(url)
            people, sites = demo_people.fill(url), demo_projects.fill(url)
            typer.echo(f"Made the demo city with {people} customers and {sites} building sites: {url}", err=True)
            typer.echo(f"Wrote {demo_cards.fill(url)} cards for its information desk.", err=True)
            shelf, agencies = demo_forms.fill(url, draw_form), demo_agencies.fill(url)
            typer.echo(f"Put {shelf} forms on the shelf and {agencies} agencies into the directory.", err=True)
            rest = demo_calendar.fill(url)
            typer.echo(f"Entered {rest} holidays of 2026 and 2027, as a demonstration.", err=True)
            typer.echo(f"Took {demo_requests.fill(url)} requests and complaints.", err=True)
            typer.echo(f"{demo_queue.fill(url)} people came to the counter without money.", err=True)
            demo_days.fill(url, days, seed, lambda said: typer.echo(said, err=True))
        parts: Parts = context.obj
        if play_day:
            from csr_desk.cli import demo_papers

            demo_papers.play(url, seed, papers or Path("demo-day"), parts)
        if not no_window:
            if not has_display():
                ends.stop("There is no display here, so no window. Add --no-window, or --no-window --play-day.")
            raise typer.Exit(parts.open_window(url))


def init(
    office: Annotated[str, typer.Option(help="Short name of letters and digits, e.g. HPC.")],
    name: Annotated[str, typer.Option(help="Name of the office as its papers show it.")],
    admin: Annotated[str, typer.Option(help="User name of the first administrator.")],
    admin_name: Annotated[str, typer.Option(help="That person’s name.")],
    admin_secret: Annotated[
        str,
        typer.Option(
            prompt=True,
            hide_input=True,
            confirmation_prompt=True,
            envvar="CSR_DESK_ADMIN_SECRET",
            help="That person’s first secret; asked for when it is not given.",
        ),
    ],
    database: Annotated[str, typer.Option(help="Where the office goes.")] = "",
    address: Annotated[list[str] | None, typer.Option(help="A line of the address; may be given again.")] = None,
    phone: Annotated[str, typer.Option(help="Telephone as the papers show it.")] = "",
    time_zone: Annotated[str, typer.Option(help="Time zone of the office.")] = "America/Chicago",
    drawers: Annotated[int, typer.Option(min=1, max=99, help="How many drawers.")] = 1,
    float_amount: Annotated[str, typer.Option("--float", help="Float of each drawer in dollars.")] = "200.00",
    catalogue: Annotated[Path | None, typer.Option(help="Folder with the city’s catalogue as CSV files.")] = None,
    training: Annotated[bool, typer.Option("--training", help="A training office: scripts may run on it.")] = False,
) -> None:
    """Set up a new office with its first administrator; nobody has a default password."""
    from csr_desk.domain.money import parse_cents
    from csr_desk.domain.people import Actor, Role
    from csr_desk.services import setup

    with ends.plain_errors():
        url = database or f"sqlite:///{data_folder() / 'office.sqlite'}"
        new = setup.NewOffice(
            office_id=office,
            name=name,
            address=tuple(address or ()),
            phone=phone,
            time_zone=time_zone,
            training=training,
            drawers=tuple(f"{office}-{number}" for number in range(1, drawers + 1)),
            drawer_float=parse_cents(float_amount),
        )
        person = Actor(admin, admin_name, "Administrator", Role.ADMINISTRATOR)
        setup.init_office(url, new, person, admin_secret, catalogue_folder=catalogue)
        typer.echo(f"Set up {name}: {url}")
