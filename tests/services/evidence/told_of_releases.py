"""Stories of controls 47 and 48: releases that were sent in order, and those that were not."""

from __future__ import annotations

from csr_desk.services import service_release_answers as answers
from demo_city import City
from services.evidence.planting import outside
from services.evidence.telling import EXCEPTION, MET, NOT_MET, UNKNOWN, Story, Told
from services.release_city import lay_out


def sent(*changes: str) -> Story:
    """Send a release; then change the file from outside."""

    def story(city: City) -> None:
        place = lay_out(city)
        place.send(place.ask(place.permit()).number)
        if changes:
            outside(city, *changes)

    return story


def answered(*, confirmation: str) -> Story:
    """Send a release; the company confirms it with a number, or the meter is live without one."""

    def story(city: City) -> None:
        place, who = lay_out(city), city.who("clerk1")
        number = place.send(place.ask(place.permit()).number).number
        if confirmation:
            answers.confirm_release(city.desk, who, answers.ConfirmRelease(city.key(), number, confirmation))
        answers.energise_release(city.desk, who, answers.EnergiseRelease(city.key(), number))

    return story


def never_answered(city: City) -> None:
    """Send a release and hear nothing for two working days."""
    sent()(city)
    city.at("2026-07-17T08:00")


STORIES: dict[str, Told] = {
    "no release": Told(47, City.open, UNKNOWN, "no release"),
    "a release in order": Told(47, sent(), MET, "1 release tested"),
    "a release that lacked its fees": Told(
        47,
        sent('UPDATE service_release SET conditions = \'{"met":[],"missing":["fees"]}\''),
        NOT_MET,
        "sent without fees",
    ),
    "a release without an inspection": Told(
        47, sent("UPDATE service_release SET inspection_no = NULL"), NOT_MET, "sent without an inspection"
    ),
    "nothing to confirm": Told(48, City.open, UNKNOWN, "no release"),
    "a release with its number": Told(48, answered(confirmation="CNP-1"), MET, "1 release tested"),
    "a live meter without a number": Told(48, answered(confirmation=""), NOT_MET, "no confirmation number"),
    "a release that nobody confirmed": Told(48, never_answered, EXCEPTION, "not confirmed yet"),
}
"""By what happened."""
