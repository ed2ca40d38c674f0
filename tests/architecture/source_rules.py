"""The rules of the house that imports cannot show: each is a sentence and a look at a parsed file."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = "src/csr_desk/"
MONEY_PATH = tuple(PROGRAM + room for room in ("domain/", "services/", "data/"))

CUSTOMER_PAPERS = (
    "statement_pdf", "statements_bound", "collection_letter_pdf", "letter_files", "adjustment_letter_pdf",
    "returned_check_letter_pdf", "referral_packet_pdf",
)  # fmt: skip
"""What draws the papers that tell of a customer."""

Find = Callable[[ast.Module], Iterator[int]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One sentence, where it holds (paths under the root), and what finds the lines that break it."""

    sentence: str
    holds_in: tuple[str, ...]
    find: Find
    except_in: tuple[str, ...] = ()

    def applies(self, path: PurePosixPath) -> bool:
        """Whether ``path`` (relative to the root) is under this rule."""
        return str(path).startswith(self.holds_in) and not str(path).startswith(self.except_in or ("\0",))

    def broken_by(self, source: str, path: PurePosixPath) -> list[str]:
        """``path:line: sentence`` for each line of ``source`` that breaks the rule."""
        return self.broken_in(parsed(source, path), path) if self.applies(path) else []

    def broken_in(self, tree: ast.Module, path: PurePosixPath) -> list[str]:
        """The same for a file that is parsed already."""
        return [f"{path}:{line}: {self.sentence}" for line in self.find(tree)] if self.applies(path) else []


def parsed(source: str, path: PurePosixPath) -> ast.Module:
    """A file of Python or SQL as a tree."""
    return sql_as_text(source) if path.suffix == ".sql" else ast.parse(source)


@lru_cache(maxsize=1)
def nodes(tree: ast.Module) -> tuple[ast.AST, ...]:
    """Everything in a tree; walked once for all rules, which look at one file after the other."""
    return tuple(ast.walk(tree))


def source_files(*folders: str, endings: tuple[str, ...] = (".py",)) -> list[Path]:
    """All files with these endings below ``folders`` of the checkout."""
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*") if path.suffix in endings)


def sql_as_text(source: str) -> ast.Module:
    """A file of SQL as one string constant without its comments, so that the rules on text hold there too."""
    text = ast.Constant(re.sub(r"--[^\n]*", "", source), lineno=1)
    return ast.Module(body=[ast.Assign(targets=[ast.Name("sql")], value=text)], type_ignores=[])


def called_name(call: ast.Call) -> str:
    """``datetime.now`` for ``datetime.datetime.now()``: the last two parts, or the one there is."""
    return ".".join(ast.unparse(call.func).rsplit(".", 2)[-2:])


def calls(*names: str) -> Find:
    """Calls by these names; ``datetime.now`` also matches ``datetime.datetime.now``, ``.commit`` any method commit."""

    def find(tree: ast.Module) -> Iterator[int]:
        for node in nodes(tree):
            if not isinstance(node, ast.Call):
                continue
            name = called_name(node)
            method = "." + node.func.attr if isinstance(node.func, ast.Attribute) else ""
            if name in names or method in names or (name.rsplit(".", 1)[-1] in names):
                yield node.lineno

    return find


def mentions(*names: str) -> Find:
    """Any use of these names, imports included."""

    def find(tree: ast.Module) -> Iterator[int]:
        for node in nodes(tree):
            imported = isinstance(node, ast.ImportFrom) and any(alias.name in names for alias in node.names)
            named = isinstance(node, ast.Name) and node.id in names
            if imported or named or (isinstance(node, ast.Attribute) and node.attr in names):
                yield getattr(node, "lineno", 0)

    return find


def imports(*packages: str) -> Find:
    """Imports of these packages."""

    def find(tree: ast.Module) -> Iterator[int]:
        for node in nodes(tree):
            if isinstance(node, ast.Import):
                named = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                named = [node.module or ""]
            else:
                continue
            if any(name.split(".")[0] in packages for name in named):
                yield node.lineno

    return find


def texts(pattern: str) -> Find:
    """String constants (not docstrings) that hold ``pattern``."""
    wanted = re.compile(pattern, re.IGNORECASE)

    def find(tree: ast.Module) -> Iterator[int]:
        prose = {id(node.value) for node in nodes(tree) if isinstance(node, ast.Expr)}
        for node in nodes(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
                for match in wanted.finditer(node.value):
                    yield node.lineno + node.value.count("\n", 0, match.start())

    return find


def floats(tree: ast.Module) -> Iterator[int]:
    """Calls of float() and float literals; a literal of seconds (timeout=0.5, …_seconds = 0.5) is no amount."""
    seconds = {
        id(child)
        for node in nodes(tree)
        for name, value in named_values(node)
        if re.search(r"second|timeout|delay", name, re.IGNORECASE)
        for child in ast.walk(value)
    }
    for node in nodes(tree):
        called = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float"
        literal = isinstance(node, ast.Constant) and isinstance(node.value, float) and id(node) not in seconds
        if called or literal:
            yield getattr(node, "lineno", 0)


def named_values(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """Values that stand under a name: assignments, keyword arguments, keys of a dict."""
    if isinstance(node, ast.keyword) and node.arg:
        yield node.arg, node.value
    elif isinstance(node, ast.Assign):
        yield from ((target.id, node.value) for target in node.targets if isinstance(target, ast.Name))
    elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
        yield node.target.id, node.value
    elif isinstance(node, ast.Dict):
        yield from (
            (str(ast.literal_eval(key)), value)
            for key, value in zip(node.keys, node.values, strict=True)
            if isinstance(key, ast.Constant)
        )


def ledger_changes(tree: ast.Module) -> Iterator[int]:
    """UPDATE or DELETE of a ledger table, in SQL text or through SQLAlchemy."""
    yield from texts(r"\b(?:delete\s+from|update|truncate(?:\s+table)?)\s+\"?ledger_")(tree)
    for node in nodes(tree):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name) and node.func.id in {"update", "delete"}:
            if node.args and "ledger_" in ast.unparse(node.args[0]):
                yield node.lineno
        elif isinstance(node.func, ast.Attribute) and node.func.attr in {"update", "delete"}:
            owner = ast.unparse(node.func.value).rsplit(".", 1)[-1]
            if re.fullmatch(r"ledger_\w+", owner):
                yield node.lineno


def skips_without_reason(tree: ast.Module) -> Iterator[int]:
    """pytest.skip() and marks that do not say why."""
    for node in nodes(tree):
        if isinstance(node, ast.Call) and re.fullmatch(r"pytest\.(mark\.)?(skip|skipif|xfail)", ast.unparse(node.func)):
            said = [word for word in node.keywords if word.arg == "reason"] or node.args
            needs_keyword = ast.unparse(node.func).endswith("skipif")
            if not said or (needs_keyword and not node.keywords):
                yield node.lineno
        elif isinstance(node, ast.FunctionDef):
            for mark in node.decorator_list:
                if ast.unparse(mark) in {"pytest.mark.skip", "pytest.mark.xfail"}:
                    yield mark.lineno


_WORD = r"[^\W\d_]{2,}"
_SAID = re.compile(
    rf"{_WORD}[.,:;?!)”]*\s+[(“]?(?:{_WORD}|{{}})"  # two words, or a word and what is put in
    rf"|{{}}[.,:;?!)”]*\s+[(“]?{_WORD}"
    r"|^[A-Z][a-z]+[.:?!]?$"  # or a caption
)


def untranslated(tree: ast.Module) -> Iterator[int]:
    """In a module without Qt: sentences and captions outside of tr(), and tr() of anything but a literal."""
    if any(imports("PySide6", "shiboken6")(tree)):
        return  # a view has its own tr()
    silent = {id(node.value) for node in nodes(tree) if isinstance(node, ast.Expr)}
    for node in nodes(tree):
        if isinstance(node, ast.Call) and called_name(node) == "tr":
            silent.update(id(word) for word in node.args)
            if not all(isinstance(word, ast.Constant) for word in node.args):
                yield node.lineno
        elif isinstance(node, ast.JoinedStr):
            silent.update(id(piece) for piece in node.values)
    for node in nodes(tree):
        if id(node) not in silent and _SAID.search(template(node)):
            yield getattr(node, "lineno", 0)


def template(node: ast.AST) -> str:
    """A text or an f-string with ``{}`` for whatever is put in; nothing for any other node."""
    if isinstance(node, ast.JoinedStr):
        return "".join(str(piece.value) if isinstance(piece, ast.Constant) else "{}" for piece in node.values)
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return re.sub(r"{[^{}]*}", "{}", node.value)
    return ""


COUNTS_WORKING_DAYS = frozenset(
    {
        "is_workday",
        "next_workday",
        "working_days",
        "after_workdays",
        "workdays_left",
        "countdown",
        "unconfirmed_since",
    }
)


def forgets_the_holidays(tree: ast.Module) -> Iterator[int]:
    """Calls that count working days without handing over which days are holidays."""
    for node in nodes(tree):
        if not isinstance(node, ast.Call) or any(word.arg == "holidays" for word in node.keywords):
            continue
        if called_name(node).rsplit(".", 1)[-1] in COUNTS_WORKING_DAYS:
            yield node.lineno


FEWEST_WORDS = 4


def short_test_names(tree: ast.Module) -> Iterator[int]:
    """Tests whose names are too short to be sentences."""
    for node in nodes(tree):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            words = node.name.removeprefix("test_").split("_")
            if len(words) < FEWEST_WORDS:
                yield node.lineno


CLOCK_CALLS = (
    "datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.time_ns", "time.localtime",
    "time.gmtime", "time.strftime", "func.now", "func.current_timestamp", "func.current_date",
)  # fmt: skip

RULES = (
    Rule(
        "only services/clock.py asks what time it is", (PROGRAM,), calls(*CLOCK_CALLS), (PROGRAM + "services/clock.py",)
    ),
    Rule(
        "no database clock stamps a row",
        (PROGRAM, "migrations/"),
        texts(r"\bcurrent_(?:timestamp|date|time)\b|\bnow\(\)"),
    ),
    Rule(
        "message boxes stand in ui/prompts and ui/problems only",
        (PROGRAM,),
        mentions("QMessageBox"),
        (PROGRAM + "ui/prompts", PROGRAM + "ui/problems"),
    ),
    Rule(
        "widgets say what they are, ui/theme says how it looks",
        (PROGRAM,),
        calls(".setStyleSheet"),
        (PROGRAM + "ui/theme",),
    ),
    Rule("no floating point on the money path", MONEY_PATH, floats),
    Rule("queries are written in data", (PROGRAM,), calls("select", "sqlalchemy.select"), (PROGRAM + "data/",)),
    Rule("whoever counts working days hands over the holidays", (PROGRAM,), forgets_the_holidays),
    Rule(
        "paragraphs are escaped and made in documents/layout",
        (PROGRAM,),
        calls("Paragraph"),
        (PROGRAM + "documents/layout",),
    ),
    Rule(
        "Qt would follow markup in what people typed: widgets/words shows text as text",
        (PROGRAM + "ui/",),
        calls("QLabel", ".setToolTip", ".setWhatsThis", ".setHtml", ".insertHtml", ".appendHtml", ".setMarkdown"),
        (PROGRAM + "ui/widgets/words", PROGRAM + "ui/rail"),  # the rail's tips are the names of pages
    ),
    Rule(
        "a paper about a customer is drawn by services/customer_papers, which logs it first: hand on what draws it",
        tuple(PROGRAM + room for room in ("ui/", "cli/", "services/")),
        calls(*CUSTOMER_PAPERS),
    ),
    Rule("nothing that is read is run", (PROGRAM, "migrations/"), calls("eval", "pickle.loads", "pickle.load")),
    Rule("no nested event loop: open(), not exec()", (PROGRAM,), calls(".exec", ".exec_"), (PROGRAM + "ui/app.py",)),
    Rule("executescript commits behind our back", (PROGRAM, "migrations/", "tests/"), calls(".executescript")),
    Rule(
        "rows are never replaced",
        (PROGRAM, "migrations/"),
        texts(r"(?<!create )\bor\s+replace\b|\breplace\s+into\b"),
    ),
    Rule(
        "only data/unit_of_work.py commits",
        (PROGRAM, "migrations/"),
        calls(".commit"),
        (PROGRAM + "data/unit_of_work.py",),
    ),
    Rule("nothing cascades", (PROGRAM, "migrations/"), texts(r"\bcascade\b")),
    Rule("the ledger is never updated or deleted", (PROGRAM, "migrations/"), ledger_changes),
    Rule("batch mode drops triggers", (PROGRAM, "migrations/"), calls(".batch_alter_table")),
    Rule("migrations stand alone", ("migrations/",), imports("csr_desk")),
    Rule(
        "what a module without Qt says goes through tr(), literals only",
        (PROGRAM + "ui/",),
        untranslated,
        (PROGRAM + "ui/widgets/__init__.py",),  # names of classes
    ),
    Rule("a skipped test says why", ("tests/",), skips_without_reason),
    Rule("a test's name is a sentence", ("tests/",), short_test_names),
    Rule(
        "tests wait for something, they do not sleep",
        ("tests/",),
        calls("time.sleep", "sleep", "QTest.qWait", ".qWait"),
    ),
)
