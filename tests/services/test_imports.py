"""Files of another system: all or nothing, every fault by row, the same file twice changes nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook

from csr_desk.data.models import account, bill, bill_item, bill_load, customer
from csr_desk.data.queries import customer_search
from csr_desk.domain.errors import BadInput
from csr_desk.domain.import_columns import ColumnMapping, ImportKind, guess
from csr_desk.services import customer_merging, import_mappings, imports
from csr_desk.services.import_files import ImportFile, read_import_file
from csr_desk.services.import_pace import EVERY, Pace, Stopped
from csr_desk.services.verification import verify_url
from demo_city import City

CUSTOMERS = "Customer,Name,Phone\nC-1,Álvarez María,713-555-0142\nC-2,Chen Wei,713-555-0143\n"
ACCOUNTS = "Account,Customer,Service,Start Date\nA-1,C-1,Water,2020-01-02\nA-2,C-2,Water,1/2/2020\n"
BILLS = "Bill,Account,Amount,Due\nB-1,A-1,64.37,2026-07-28\nB-2,A-2,203.11,2026-07-28\n"


@pytest.fixture(autouse=True)
def morning(city: City) -> None:
    """Put the clock to the day of the files."""
    city.at("2026-07-14T07:30")


def file_of(text: str | bytes, name: str = "rows.csv") -> ImportFile:
    """Make a file that was read."""
    content = text.encode() if isinstance(text, str) else text
    return ImportFile(name, content, hashlib.sha256(content).hexdigest())


def load(city: City, kind: ImportKind, text: str | bytes, **more: object) -> imports.Taken:
    """Take a file in."""
    name = str(more.pop("name", "rows.csv"))
    pace = more.pop("pace", None)
    assert pace is None or isinstance(pace, Pace)
    command = imports.LoadFile(city.key(), kind, file_of(text, name), **more)  # type: ignore[arg-type]
    return imports.load_file(city.desk, city.who("accountant1"), command, pace).value


def look(city: City, kind: ImportKind, text: str | bytes, name: str = "rows.csv") -> imports.Preview:
    """Look a file over."""
    command = imports.LoadFile(city.key(), kind, file_of(text, name))
    return imports.preview(city.desk, city.who("accountant1"), command)


def with_people(city: City) -> None:
    """Take the customers and their accounts in."""
    load(city, ImportKind.CUSTOMERS, CUSTOMERS)
    load(city, ImportKind.ACCOUNTS, ACCOUNTS)


def counts(city: City) -> dict[str, int]:
    """Say how many rows each table has, and how many entries the ledger."""
    found = {}
    with city.desk.read() as work:
        for table in (customer, account, bill, bill_item, bill_load):
            name = table.name
            found[name] = int(work.conn.exec_driver_sql(f"SELECT COUNT(*) FROM {name}").scalar_one())  # noqa: S608
        found["entries"] = int(work.conn.exec_driver_sql("SELECT COUNT(*) FROM ledger_event").scalar_one())
    return found


def places(preview: imports.Preview) -> list[tuple[int, str]]:
    """Say where the faults are."""
    return [(fault.row, fault.column) for fault in preview.faults]


def test_a_file_is_one_entry_and_the_same_file_again_is_none(city: City) -> None:
    with_people(city)
    taken = load(city, ImportKind.BILLS, BILLS)
    assert (taken.rows, taken.new, taken.same, taken.total) == (2, 2, 0, 26748)
    before = counts(city)
    again = load(city, ImportKind.BILLS, BILLS)
    assert (again.load, again.new, again.same) == ("", 0, 2)
    load(city, ImportKind.CUSTOMERS, CUSTOMERS)
    load(city, ImportKind.ACCOUNTS, ACCOUNTS)
    assert counts(city) == before
    assert verify_url(city.url).first_fault is None


def test_whatever_is_changed_in_a_loaded_bill_is_found_by_verify(city: City) -> None:
    with_people(city)
    load(city, ImportKind.BILLS, BILLS)
    with city.desk.begin() as work:
        work.conn.exec_driver_sql("UPDATE bill SET usage = '9' WHERE bill_id = 'B-2'")
    assert "not those that were loaded" in (verify_url(city.url).first_fault or "")


def test_what_a_load_of_customers_brought_is_found_where_its_row_is_changed(city: City) -> None:
    load(city, ImportKind.CUSTOMERS, CUSTOMERS)
    with city.desk.begin() as work:
        work.conn.exec_driver_sql("UPDATE bill_load SET rows = 3")
    assert "its rows is 3" in (verify_url(city.url).first_fault or "")


def test_one_fault_in_the_last_row_leaves_nothing_behind(city: City) -> None:
    with_people(city)
    before = counts(city)
    with pytest.raises(imports.FaultyFile) as refused:
        load(city, ImportKind.BILLS, BILLS + "B-3,A-9,5.00,2026-07-28\n")
    assert [(fault.row, fault.column) for fault in refused.value.faults] == [(4, "account")]
    assert counts(city) == before


def test_every_fault_is_told_with_its_row_and_column(city: City) -> None:
    with_people(city)
    text = (
        "Bill,Account,Amount,Due,Priority,GL,Item,Item kind,Service from,Service to,Penalty rule\n"
        ",A-1,1.00,,,,,,,,\n"
        "B-3,A-1,0.00,,,,,,,,\n"
        "B-4,A-1,1.00,2026-02-30,,,,,,,\n"
        "B-5,A-1,1.00,,x,,,,,,\n"
        "B-6,A-1,1.00,,,1000.99,,,,,\n"
        "B-7,A-1,1.00,,,,NO-SUCH,,,,\n"
        "B-8,A-1,1.00,,,,,gift,,,\n"
        "B-9,A-1,1.00,,,,,,2026-06-01,,\n"
        "B-10,A-1,1.00,,,,,,2026-06-30,2026-06-01,\n"
        "B-11,A-1,1.00,,,,,,,,double\n"
        "B 12,A-1,1.00,,,,,,,,\n"
    )
    assert places(look(city, ImportKind.BILLS, text)) == [
        (2, "bill"), (3, "amount"), (4, "due_date"), (5, "priority"), (6, "gl"), (7, "item"), (8, "item_kind"),
        (9, "service_from"), (10, "service_to"), (11, "penalty_rule"), (12, "bill"),
    ]  # fmt: skip


def test_ten_thousand_faults_are_kept_and_the_rest_is_counted(city: City) -> None:
    text = "Customer,Name\n" + "".join(f"C-{at},\n" for at in range(10_005))
    seen = look(city, ImportKind.CUSTOMERS, text)
    assert (len(seen.faults), seen.faults_in_all) == (10_000, 10_005)


def test_items_carry_the_accounts_of_the_file_of_the_catalogue_or_of_what_is_owed_at_large(city: City) -> None:
    with_people(city)
    text = (
        "Bill,Account,Amount,Item,GL,Item kind,Priority,Item description\n"
        "B-1,A-1,50.00,ALM-RES,,,,Alarm permit\n"
        "B-1,A-1,10.00,,8300.2000050001.426010,,,Water\n"
        "B-1,A-1,1.00,,,penalty,7,Late\n"
    )
    load(city, ImportKind.BILLS, text)
    with city.desk.read() as work:
        rows = work.conn.exec_driver_sql("SELECT kind, priority, shares FROM bill_item ORDER BY n").all()
    assert [(row[0], row[1]) for row in rows] == [("charge", 100), ("charge", 100), ("penalty", 7)]
    assert "1000.9900010001" not in rows[1][2]
    assert '"426010"' in rows[1][2]
    assert '"121010"' in rows[2][2]
    assert load(city, ImportKind.BILLS, text).same == 1
    other = text.replace("8300.2000050001.426010", "8300.2000050001.426011")
    with pytest.raises(imports.FaultyFile, match="is another one"):
        load(city, ImportKind.BILLS, other)
    assert verify_url(city.url).first_fault is None


def test_a_workbook_is_read_like_a_text(city: City) -> None:
    with_people(city)
    content = workbook([["Bill", "Account", "Amount", "Due"], ["B-1", "A-1", 64.37, date(2026, 7, 28)]])
    load(city, ImportKind.BILLS, content, name="june.xlsx")
    assert load(city, ImportKind.BILLS, "Bill;Account;Amount;Due\nB-1;A-1;64.37;2026-07-28\n").same == 1


def workbook(rows: Iterable[list[object]]) -> bytes:
    """Write rows as a workbook."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def test_a_formula_in_a_workbook_is_a_fault_of_its_row(city: City) -> None:
    content = workbook([["Customer", "Name"], ["C-1", "=HYPERLINK(1)"], ["C-2", "Chen"]])
    seen = look(city, ImportKind.CUSTOMERS, content, "people.xlsx")
    assert (seen.new, places(seen)) == (1, [(2, "")])


@pytest.mark.parametrize(
    "content",
    [b"", b"\n\n", b"\xff\xfe\x00", b"a,b\x00\n", b"PK\x03\x04 no workbook"],
    ids=["nothing", "empty lines", "not UTF-8", "NUL", "a zip"],
)
def test_what_is_no_table_is_refused(city: City, content: bytes) -> None:
    with pytest.raises(BadInput):
        look(city, ImportKind.BILLS, content, "file.xlsx" if content.startswith(b"PK") else "file.csv")


def test_a_quote_that_does_not_close_is_a_fault_and_nothing_is_taken(city: City) -> None:
    with pytest.raises(imports.FaultyFile, match="no CSV table"):
        load(city, ImportKind.CUSTOMERS, 'Customer,Name\nC-1,Chen\nC-2,"Doe\n')
    assert counts(city)["customer"] == 0


def test_a_column_title_that_stands_twice_is_a_fault(city: City) -> None:
    assert places(look(city, ImportKind.CUSTOMERS, "Customer,Name,name\nC-1,A,B\n")) == [(1, "name")]


def test_the_same_number_twice_in_a_file_is_a_fault(city: City) -> None:
    assert places(look(city, ImportKind.CUSTOMERS, "Customer,Name\nC-1,A\nC-1,A\n")) == [(3, "customer")]


def test_a_known_customer_changes_only_where_that_is_asked_for(city: City) -> None:
    load(city, ImportKind.CUSTOMERS, CUSTOMERS)
    moved = CUSTOMERS.replace("0143", "0199")
    with pytest.raises(imports.FaultyFile, match="another phone"):
        load(city, ImportKind.CUSTOMERS, moved)
    taken = load(city, ImportKind.CUSTOMERS, moved, update=True)
    assert (taken.new, taken.changed, taken.same) == (0, 1, 1)
    with city.desk.read() as work:
        rows = work.conn.exec_driver_sql("SELECT phone, language FROM customer ORDER BY customer_id").all()
    assert [tuple(row) for row in rows] == [("(713) 555-0142", "en"), ("(713) 555-0199", "en")]
    assert verify_url(city.url).first_fault is None


def test_an_account_of_a_joined_record_goes_to_the_one_that_stands_for_it(city: City) -> None:
    load(city, ImportKind.CUSTOMERS, CUSTOMERS)
    merge = customer_merging.MergeCustomers(city.key(), "C-1", "C-2", "The same person")
    customer_merging.merge_customers(city.desk, city.who("supervisor1"), merge)
    load(city, ImportKind.ACCOUNTS, ACCOUNTS)
    with city.desk.read() as work:
        owners = work.conn.exec_driver_sql("SELECT customer_id FROM account ORDER BY account_no").scalars().all()
    assert list(owners) == ["C-1", "C-1"]
    assert load(city, ImportKind.ACCOUNTS, ACCOUNTS).same == 2
    with pytest.raises(imports.FaultyFile, match="C-2 was joined with C-1"):  # it would hide nothing of the person
        load(city, ImportKind.CUSTOMERS, "Customer,Name,Confidential\nC-2,Chen Wei,yes\n", update=True)


def test_a_file_makes_confidential_by_an_entry_and_never_takes_that_back(city: City) -> None:
    load(city, ImportKind.CUSTOMERS, "Customer,Name,Confidential\nC-1,Chen Wei,yes\nC-2,Doe,no\n")
    assert verify_url(city.url).first_fault is None
    opened = "Customer,Name,Confidential\nC-1,Chen Wei,no\n"
    with pytest.raises(imports.FaultyFile, match="asked to be kept confidential"):
        load(city, ImportKind.CUSTOMERS, opened, update=True)
    with city.desk.begin() as work:
        work.conn.exec_driver_sql("UPDATE customer SET confidential = 0 WHERE customer_id = 'C-1'")
    assert "not confidential, but the entries say" in (verify_url(city.url).first_fault or "")


def test_whom_a_file_brings_is_found_by_the_search_at_once(city: City) -> None:
    with_people(city)
    with city.desk.read() as work:
        found = {term: len(customer_search.find(work.conn, [term], 5)) for term in ("alvarez", "5550143", "chen", "a1")}
    assert found == {"alvarez": 1, "5550143": 1, "chen": 1, "a1": 1}
    load(city, ImportKind.CUSTOMERS, CUSTOMERS.replace("Chen", "Wong"), update=True)
    with city.desk.read() as work:
        assert [len(customer_search.find(work.conn, [term], 5)) for term in ("chen", "wong")] == [0, 1]
    assert verify_url(city.url).first_fault is None


def test_whoever_stops_it_in_the_middle_has_nothing_taken_over(city: City) -> None:
    many = "Customer,Name\n" + "".join(f"C-{at},Name {at}\n" for at in range(3 * EVERY))
    before = counts(city)
    heard: list[tuple[int, int]] = []
    for late in (1, 4):
        heard.clear()
        pace = Pace(lambda done, every: heard.append((done, every)), stopping_after(heard, late))
        with pytest.raises(Stopped):
            load(city, ImportKind.CUSTOMERS, many, pace=pace)
        assert counts(city) == before
    load(city, ImportKind.CUSTOMERS, many, pace=Pace(lambda done, every: heard.append((done, every))))
    assert heard[-1] == (6 * EVERY, 6 * EVERY)


def stopping_after(heard: list[tuple[int, int]], looks: int) -> Callable[[], bool]:
    """Stop when so many looks were told."""
    return lambda: len(heard) >= looks


def test_the_same_key_takes_a_file_in_once(city: City) -> None:
    command = imports.LoadFile("one", ImportKind.CUSTOMERS, file_of(CUSTOMERS))
    who = city.who("accountant1")
    first = imports.load_file(city.desk, who, command)
    again = imports.load_file(city.desk, who, command)
    assert (first.replayed, again.replayed) == (False, True)
    assert first.value.load == again.value.load


def test_a_mapping_is_kept_by_name_and_replaced_under_the_same(city: City) -> None:
    who = city.who("accountant1")
    for title in ("Old", "DOC"):
        columns = ColumnMapping({"bill": title, "account": "ACCT", "amount": "NET"}, {"description": "Water"})
        command = import_mappings.SaveMapping(city.key(), "Water", ImportKind.BILLS, columns)
        import_mappings.save_mapping(city.desk, who, command)
    assert [one.mapping.columns["bill"] for one in import_mappings.saved_mappings(city.desk, who)] == ["DOC"]
    with_people(city)
    assert load(city, ImportKind.BILLS, "DOC,ACCT,NET\nB-1,A-1,5.00\n", mapping="Water").new == 1
    assert load(city, ImportKind.BILLS, "Bill,Account,Amount,Description\nB-1,A-1,5.00,Water\n").same == 1


def test_a_mapping_of_a_column_that_the_file_has_not_is_a_fault_of_the_first_row(city: City) -> None:
    mapping = ColumnMapping({"customer": "No.", "name": "Who"}, {"since": "yesterday"})
    command = imports.LoadFile(city.key(), ImportKind.CUSTOMERS, file_of(CUSTOMERS), mapping)
    seen = imports.preview(city.desk, city.who("accountant1"), command)
    assert places(seen) == [(1, "customer"), (1, "name"), (1, "since")]


def test_a_field_is_a_column_or_fixed_and_a_column_is_one_field(city: City) -> None:
    who = city.who("accountant1")
    for mapping in (
        ColumnMapping({"name": "A"}, {"name": "B"}),
        ColumnMapping({"name": "A", "phone": "a"}),
    ):
        command = imports.LoadFile(city.key(), ImportKind.CUSTOMERS, file_of(CUSTOMERS), mapping)
        with pytest.raises(BadInput):
            imports.preview(city.desk, who, command)


def test_titles_are_guessed_without_case_blanks_and_marks() -> None:
    found = guess(ImportKind.BILLS, ["Invoice-No", "ACCT #", "acct no", "Amount due", "Bill Date", "Remark"])
    assert found.columns == {
        "bill": "Invoice-No", "account": "ACCT #", "amount": "Amount due", "issued_on": "Bill Date",
    }  # fmt: skip


def test_a_file_is_read_from_disk_with_its_fingerprint(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text(CUSTOMERS, encoding="utf-8")
    read = read_import_file(path)
    assert (read.name, read.about) == ("people.csv", 3)
    assert read.sha256 == hashlib.sha256(CUSTOMERS.encode()).hexdigest()
    with pytest.raises(BadInput):
        read_import_file(tmp_path / "nothing.csv")
