"""How long a file and a function may be, and what a module may not be called."""

from __future__ import annotations

import ast
from pathlib import PurePosixPath

FILE_LINES = 400
WINDOW_LINES = 300
FUNCTION_LINES = 50
VIEW_BUILDER_LINES = 80

EMPTY_NAMES = frozenset({"utils", "util", "helpers", "helper", "common", "manager", "core", "misc"})


def file_budget(path: PurePosixPath) -> int:
    """Lines that the file at ``path`` may have."""
    return WINDOW_LINES if path.parts[-2:] == ("ui", "window.py") else FILE_LINES


def function_budget(path: PurePosixPath) -> int:
    """Lines that a function of the file at ``path`` may have: views build widgets line by line."""
    builds_views = path.name == "view.py" or "widgets" in path.parts
    return VIEW_BUILDER_LINES if builds_views else FUNCTION_LINES


def too_long(source: str, path: PurePosixPath) -> list[str]:
    """What of ``source`` is over its budget, in words."""
    found = []
    lines = source.count("\n") + (not source.endswith("\n"))
    if lines > file_budget(path):
        found.append(f"{path}: {lines} lines, at most {file_budget(path)}")
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > function_budget(path):
                found.append(
                    f"{path}:{node.lineno}: {node.name} has {length} lines, at most {function_budget(path)}",
                )
    return found


def empty_name(path: PurePosixPath) -> list[str]:
    """Whether a module or folder has a name that says nothing."""
    said = [part for part in (*path.parts[:-1], path.stem) if part.strip("_") in EMPTY_NAMES]
    return [f"{path}: '{part}' says nothing; name what is in it" for part in said]
