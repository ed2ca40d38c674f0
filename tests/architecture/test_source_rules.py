"""The whole tree keeps the rules of source_rules.py, and each rule catches what was planted for it."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from architecture.source_rules import ROOT, RULES, parsed, source_files

FOLDERS = ("src", "tests", "migrations")

TILL = "src/csr_desk/ui/pages/sell/till.py"

PLANTED = [
    ("Qt would follow markup", "src/csr_desk/ui/pages/sell/view.py", "self.setToolTip(reason)"),
    ("Qt would follow markup", "src/csr_desk/ui/window.py", "QLabel(name)"),
    ("nothing that is read is run", "src/csr_desk/services/files_read.py", "eval(text)"),
    (
        "only services/clock.py",
        "src/csr_desk/services/sell.py",
        "import datetime\nx = datetime.datetime.now(datetime.UTC)",
    ),
    ("only services/clock.py", "src/csr_desk/domain/cart.py", "from datetime import date\nx = date.today()"),
    ("only services/clock.py", "src/csr_desk/data/engine.py", "import time\nx = time.time()"),
    (
        "no database clock",
        "migrations/versions/0002_x.py",
        "op.execute('ALTER TABLE t ADD a TEXT DEFAULT CURRENT_TIMESTAMP')",
    ),
    ("message boxes stand", "src/csr_desk/ui/pages/sell/view.py", "from PySide6.QtWidgets import QMessageBox"),
    ("message boxes stand", "src/csr_desk/ui/window.py", "QtWidgets.QMessageBox.warning(self, 'a', 'b')"),
    ("widgets say what they are", "src/csr_desk/ui/widgets/chip.py", "self.label.setStyleSheet('color: red')"),
    ("no floating point", "src/csr_desk/domain/money.py", "cents = round(float(text) * 100)"),
    ("no floating point", "src/csr_desk/services/sell.py", "fee = amount * 0.0235"),
    ("queries are written in data", "src/csr_desk/services/sell.py", "rows = select(bill)"),
    ("queries are written in data", "src/csr_desk/services/sell.py", "rows = sa.select(bill)"),
    ("whoever counts working days", "src/csr_desk/services/sell.py", "due = after_workdays(today, 2)"),
    ("whoever counts working days", "src/csr_desk/domain/release.py", "left = workdays.workdays_left(today, last)"),
    ("paragraphs are escaped", "src/csr_desk/documents/receipt.py", "story.append(Paragraph(name, style))"),
    ("a paper about a customer", TILL, "pdf = statement_pdf(facts)"),
    (
        "a paper about a customer",
        "src/csr_desk/services/statement_runs.py",
        "draw(lambda one: statement.statement_pdf(one))",
    ),
    ("no nested event loop", "src/csr_desk/ui/pages/sell/view.py", "dialog.exec()"),
    ("executescript commits", "src/csr_desk/data/engine.py", "raw.executescript(ddl)"),
    (
        "rows are never replaced",
        "src/csr_desk/data/ledger_writer.py",
        "c.execute('INSERT OR REPLACE INTO t VALUES (1)')",
    ),
    ("rows are never replaced", "src/csr_desk/data/ledger_writer.py", "insert(t).prefix_with('OR REPLACE')"),
    ("only data/unit_of_work.py", "src/csr_desk/data/engine.py", "connection.commit()"),
    ("only data/unit_of_work.py", "src/csr_desk/services/sell.py", "work.conn.commit()"),
    ("nothing cascades", "src/csr_desk/data/models/ledger.py", "ForeignKey('t.id', ondelete='CASCADE')"),
    ("nothing cascades", "migrations/versions/0001_x.py", "op.execute('TRUNCATE t Cascade')"),
    ("the ledger is never", "src/csr_desk/data/queries/void.py", "c.execute(text('UPDATE ledger_event SET kind = 1'))"),
    ("the ledger is never", "src/csr_desk/data/queries/void.py", "c.execute(delete(models.ledger_line))"),
    ("the ledger is never", "src/csr_desk/data/queries/void.py", "c.execute(ledger_tender.update().values(a=1))"),
    ("nothing cascades", "migrations/sql/0002_x.sql", "-- why\nCREATE TABLE t (a TEXT REFERENCES b ON DELETE CASCADE)"),
    ("the ledger is never", "migrations/sql/0002_x.sql", "UPDATE ledger_line SET amount_minor = 0;"),
    ("batch mode", "migrations/versions/0002_x.py", "with op.batch_alter_table('t') as b: pass"),
    ("migrations stand alone", "migrations/versions/0002_x.py", "from csr_desk.data.models import ledger_event"),
    ("what a module without Qt says", TILL, "hint(f'At most {shown(rest)}: change is given from cash only')"),
    ("what a module without Qt says", TILL, "view.show_hint('Paid: Enter finishes')"),
    ("what a module without Qt says", TILL, "words = f'{number} taken'"),
    ("what a module without Qt says", TILL, "detail = f'account {number}'"),
    ("what a module without Qt says", TILL, "words = '{amount} taken'.format(amount=amount)"),
    ("what a module without Qt says", TILL, "Field('brand', 'Brand')"),
    ("what a module without Qt says", TILL, "hint(tr(f'At most {rest}'))"),
    ("what a module without Qt says", TILL, "hint(tr(words))"),
    ("what a module without Qt says", TILL, "banner('Saved as ' + path)"),
    ("a skipped test says why", "tests/x.py", "pytest.skip()"),
    ("a skipped test says why", "tests/x.py", "@pytest.mark.skip\ndef test_a_b_c_d(): pass"),
    ("a test's name is", "tests/x.py", "def test_void(): pass"),
    ("tests wait", "tests/x.py", "import time\ntime.sleep(1)"),
]

INNOCENT = [
    ("src/csr_desk/services/clock.py", "x = datetime.now(UTC)"),
    ("src/csr_desk/data/unit_of_work.py", "connection.commit()"),
    ("src/csr_desk/data/engine.py", "create_engine(url, connect_args={'timeout': 0.5})\nWAIT_SECONDS = 2.5"),
    ("src/csr_desk/domain/money.py", "refused = isinstance(value, float)"),
    ("src/csr_desk/ui/app.py", "code = app.exec()"),
    ("src/csr_desk/ui/theme.py", "app.setStyleSheet(sheet)"),
    (TILL, "make_paper(desk, actor, given, partial(returned_check_letter_pdf, office=office))"),
    ("src/csr_desk/ui/prompts.py", "from PySide6.QtWidgets import QMessageBox"),
    ("src/csr_desk/data/queries/bills.py", "rows = select(bill)\nc.execute(update(bill))"),
    ("migrations/versions/0001_x.py", "op.execute('CREATE OR REPLACE FUNCTION f() …')"),
    ("migrations/versions/0001_x.py", "op.execute('CREATE TRIGGER t BEFORE UPDATE ON ledger_event …')"),
    ("migrations/sql/0001_x.sql", "-- CASCADE is forbidden\nCREATE TRIGGER t BEFORE UPDATE ON ledger_event …"),
    ("src/csr_desk/data/engine.py", '"""Never CASCADE, never INSERT OR REPLACE."""'),
    (TILL, '"""Takes money. Knows no Qt."""\nhint(tr("At most {amount}").format(amount=shown(rest)))'),
    (TILL, 'parts = " · ".join(parts)\nname = f"revenue-{first}.csv"\nday = f"{day:%d %b %Y}"\nkey = "bank-amount"'),
    (TILL, 'words = f"{drawer} · {amount}"\nchecked = unit.startswith("per ")'),
    ("src/csr_desk/services/sell.py", "due = after_workdays(today, 2, holidays=desk.policy.days_off)"),
    (
        "src/csr_desk/ui/pages/sell/view.py",
        'from PySide6.QtWidgets import QLabel\nQLineEdit(self.tr("Total"), "soft grey")',
    ),
]


def test_the_whole_tree_keeps_every_rule() -> None:
    broken = []
    for path in source_files(*FOLDERS, endings=(".py", ".sql")):
        relative = PurePosixPath(path.relative_to(ROOT).as_posix())
        tree = parsed(path.read_text(encoding="utf-8"), relative)
        for rule in RULES:
            broken += rule.broken_in(tree, relative)
    assert not broken, "\n" + "\n".join(broken)


@pytest.mark.parametrize(("sentence", "path", "source"), PLANTED)
def test_a_planted_violation_is_caught_by_its_rule(sentence: str, path: str, source: str) -> None:
    (rule,) = [rule for rule in RULES if rule.sentence.startswith(sentence)]
    assert rule.broken_by(source, PurePosixPath(path))


@pytest.mark.parametrize(("path", "source"), INNOCENT)
def test_what_is_allowed_is_caught_by_no_rule(path: str, source: str) -> None:
    assert [rule.broken_by(source, PurePosixPath(path)) for rule in RULES] == [[]] * len(RULES)


def test_every_rule_has_a_planted_violation() -> None:
    unproved = [rule.sentence for rule in RULES if not any(rule.sentence.startswith(start) for start, *_ in PLANTED)]
    assert unproved == []


def test_a_violation_names_its_file_and_line() -> None:
    (rule,) = [rule for rule in RULES if rule.sentence == "nothing cascades"]
    source = "x = 1\ny = '''SELECT 1;\nDROP TABLE t CASCADE'''\n"
    path = PurePosixPath("migrations/versions/0002_x.py")
    assert rule.broken_by(source, path) == ["migrations/versions/0002_x.py:3: nothing cascades"]
