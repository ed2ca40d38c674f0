"""A whole day done twice is done once, and two stations that send the same act at once record it once."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from functools import partial

from csr_desk.domain.cart import CartLine
from csr_desk.domain.drawer import CountSheet
from csr_desk.domain.people import Act, Actor, Approval
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services import change_orders, drawers, hand_overs, replay, sell, suspect_notes
from csr_desk.services.desk import Desk, open_desk
from csr_desk.services.verification import verify_url
from demo_city import City

LINE = '"lines":[{"item":"REC-COPY","inputs":{"pages":12},"demo_inputs":true}]'
COUNT = '"cash":{"20.00":8,"1.00":2,"0.10":4}'
DAY = """
{"do":"set_policy","by":"admin1","at":"2026-07-14T07:30","rounding":"nearest"}
{"do":"open_drawer","id":"b","by":"clerk1","drawer":"HPC-1","float":{"20.00":10}}
{"do":"sale","by":"clerk1",LINE,"tenders":[{"kind":"cash","amount":"2.00"}]}
{"do":"sale","id":"h","by":"clerk1","hold":true,LINE,"tenders":[]}
{"do":"resume","by":"clerk1","held":"$h.held","tenders":[{"kind":"cash","amount":"2.00"}]}
{"do":"sale","id":"s","by":"clerk1",LINE,"tenders":[{"kind":"cash","amount":"2.00"}]}
{"do":"void","by":"clerk1","receipt":"$s.receipt","reason":"wrong item","approved_by":"supervisor1"}
{"do":"suspend","by":"clerk1"}
{"do":"unsuspend","by":"clerk1"}
{"do":"no_sale","by":"clerk1","reason":"change for parking"}
{"do":"drop","by":"clerk1","cash":{"20.00":2},"witness":"supervisor1","bag":"B1"}
{"do":"set_policy","by":"admin1","rounding":"down"}
{"do":"stop_selling","by":"clerk1"}
{"do":"count","by":"clerk1",COUNT}
{"do":"submit_count","by":"clerk1"}
{"do":"reject_batch","by":"supervisor1","batch":"$b.batch","reason":"count again"}
{"do":"count","by":"clerk1",COUNT}
{"do":"submit_count","by":"clerk1"}
{"do":"accept_batch","by":"supervisor1","batch":"$b.batch"}
{"do":"deposit","id":"d","by":"clerk1","batches":["$b.batch"],"bag":"B2","verified_by":"supervisor1"}
{"do":"confirm_deposit","by":"accountant1","deposit":"$d.deposit","bank_date":"2026-07-15","bank_amount":"2.40"}
{"do":"close_day","by":"supervisor1","business_date":"2026-07-14"}
{"do":"verify","by":"auditor1","expect":{"ok":true}}
""".replace("LINE", LINE).replace("COUNT", COUNT)


def play(desk: Desk, text: str) -> list[str]:
    """Replay a script; return what each step gave, none of it a surprise."""
    done = list(replay.run(desk, replay.read_script(text.encode())))
    assert not [outcome for outcome in done if outcome.surprise]
    return [json.dumps(outcome.as_data(), default=str) for outcome in done]


def test_a_day_replayed_again_gives_every_first_result_and_records_nothing(city: City) -> None:
    first = play(city.desk, DAY)
    entries = verify_url(city.url).checked
    assert play(city.desk, DAY) == first
    assert verify_url(city.url).checked == entries


def at_once(city: City, act: Callable[[Desk], object]) -> list[object]:
    """Do the same act on two stations that start at the same moment; neither has seen the drawer before."""
    start = threading.Barrier(2)
    results: list[object] = []

    def station() -> None:
        desk = open_desk(city.url)
        try:
            start.wait(timeout=30)
            results.append(act(desk))
        except Exception as error:  # noqa: BLE001 - whatever it is, the test shows it
            results.append(error)
        finally:
            desk.close()

    threads = [threading.Thread(target=station) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


def sold(desk: Desk, clerk: Actor, command: sell.CompleteSale) -> str:
    """Sell; return the receipt's number."""
    return sell.complete_sale(desk, clerk, command).value.number


def dropped(desk: Desk, clerk: Actor, command: drawers.DropCash, yes: Approval) -> int:
    """Drop cash; return the number of the drop."""
    return drawers.drop(desk, clerk, command, yes).value.number


def tried(desk: Desk, clerk: Actor, command: drawers.CountDrawer) -> int:
    """Count; return which attempt it was."""
    return drawers.count(desk, clerk, command).value.attempt


def test_the_same_sale_from_two_stations_at_once_is_one_receipt(city: City) -> None:
    city.open()
    clerk = city.who("clerk1")
    for turn in range(6):
        command = sell.CompleteSale(
            f"cart-{turn}", None, (CartLine("ALM-RES"),), (Tender(TenderKind.CASH),), demo_inputs=True
        )
        done = at_once(city, partial(sold, clerk=clerk, command=command))
        assert done == [f"HPC1-{turn + 1:07d}"] * 2


def test_the_same_drop_and_count_from_two_stations_at_once_are_one(city: City) -> None:
    batch = city.open()
    clerk = city.who("clerk1")
    for turn in range(4):
        yes = city.yes(Act.DROP, batch, 2000)
        drop = drawers.DropCash(f"drop-{turn}", {2000: 1}, "B1")
        done = at_once(city, partial(dropped, clerk=clerk, command=drop, yes=yes))
        assert done == [turn + 1, turn + 1]
    for turn in range(3):
        counted = drawers.CountDrawer(f"count-{turn}", CountSheet({2000: 6}, {}))
        done = at_once(city, partial(tried, clerk=clerk, command=counted))
        assert done == [turn + 1, turn + 1]
    assert verify_url(city.url).ok


def swapped(desk: Desk, clerk: Actor, command: change_orders.SwapCash, yes: Approval) -> int:
    """Swap with the safe; return the number of the change order."""
    return change_orders.change_order(desk, clerk, command, yes).value.number


def suspected(desk: Desk, clerk: Actor, command: suspect_notes.ReportSuspect) -> int:
    """Report a note; return its number in the batch."""
    return suspect_notes.report_suspect(desk, clerk, command).value.number


def handed(desk: Desk, clerk: Actor, command: hand_overs.HandOver, yes: Approval) -> str:
    """Hand the drawer over; return to whom."""
    return hand_overs.hand_over(desk, clerk, command, yes).value.receiver


def test_the_same_swap_report_and_hand_over_from_two_stations_at_once_are_one(city: City) -> None:
    batch = city.open()
    for turn in range(4):
        giver, receiver = ("clerk1", "clerk2") if turn % 2 == 0 else ("clerk2", "clerk1")
        clerk = city.who(giver)
        swap = change_orders.SwapCash(f"swap-{turn}", {2000: 1}, {500: 4})
        yes = city.yes(Act.CHANGE_ORDER, batch, 2000)
        assert at_once(city, partial(swapped, clerk=clerk, command=swap, yes=yes)) == [turn + 1] * 2
        note = suspect_notes.ReportSuspect(f"note-{turn}", 2000, "MB12345678A")
        assert at_once(city, partial(suspected, clerk=clerk, command=note)) == [turn + 1] * 2
        give = hand_overs.HandOver(f"hand-{turn}", receiver, {2000: 10}, {2000: 10})
        yes = city.yes(Act.HAND_OVER, batch, 20_000, receiver)
        assert at_once(city, partial(handed, clerk=clerk, command=give, yes=yes)) == [receiver] * 2
    assert verify_url(city.url).first_fault is None
