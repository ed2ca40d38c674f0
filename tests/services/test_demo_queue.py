"""The demo city has a morning behind it, and people who wait."""

from __future__ import annotations

from datetime import date

from csr_desk.services import demo_queue, visit_reports, visits
from csr_desk.services.desk import open_desk
from csr_desk.services.setup import DEMO_MORNING
from csr_desk.services.verification import verify_desk
from csr_desk.services.visit_reports import report_csv
from demo_city import City

BEFORE = date(2026, 7, 13)


def test_people_came_the_day_before_and_some_wait_now(city: City) -> None:
    city.desk.close()
    came = demo_queue.fill(city.url)
    assert demo_queue.fill(city.url) == 0  # once
    desk = open_desk(city.url)
    try:
        city.desk = desk
        assert desk.clock.now() == DEMO_MORNING
        waiting = visits.queue(desk, city.who("clerk1")).waiting
        assert len(waiting) == len(demo_queue.STILL)
        report = visit_reports.visit_report(desk, city.who("supervisor1"), BEFORE, BEFORE)
        every = report.everybody
        assert (every.came, every.left) == (came - len(waiting), 1)
        assert every.served == every.came - 1
        assert sum(one.served for one in report.people) == every.served
        assert verify_desk(desk).ok
    finally:
        desk.close()


def test_the_numbers_of_the_charts_leave_as_a_file(city: City) -> None:
    demo_queue.play(city.desk)
    day = city.desk.today()
    lines = report_csv(visit_reports.visit_report(city.desk, city.who("supervisor1"), day, day)).decode().splitlines()
    assert lines[0].startswith("cut,key,came")
    permits = next(line for line in lines if line.startswith("reason,Permits"))
    # 2, 3, 6, 10, 12, 16, 21 minutes of waiting: half waited 10 minutes, nine of ten 21
    assert permits.split(",")[2:8] == ["11", "7", "0", "600", "600", "1260"]


def test_a_period_in_which_nobody_came_has_nothing_to_count(city: City) -> None:
    report = visit_reports.visit_report(city.desk, city.who("supervisor1"), BEFORE, BEFORE)
    assert (report.everybody.came, report.hours, report.reasons, report.people) == (0, (), (), ())
