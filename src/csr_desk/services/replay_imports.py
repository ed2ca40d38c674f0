"""The steps of the counter script for files of another system; a script carries their rows itself."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Mapping
from typing import Any

from csr_desk.domain.errors import BadInput
from csr_desk.domain.import_columns import ColumnMapping, ImportKind
from csr_desk.domain.money import plain
from csr_desk.domain.people import Actor
from csr_desk.services import import_mappings, imports
from csr_desk.services.desk import Desk
from csr_desk.services.import_files import ImportFile
from csr_desk.services.replay_step import Step, actor_of

Result = Mapping[str, Any]


def import_file(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Take rows in, or look them over (``check``)."""
    name = step.text("file") or "rows.csv"
    content = _csv(step)
    file = ImportFile(name, content, hashlib.sha256(content).hexdigest())
    mapping = step.text("mapping") or None
    command = imports.LoadFile(step.key, _kind(step), file, mapping, step.flag("update"))
    if step.flag("check"):
        return _of_preview(imports.preview(desk, actor_of(actor), command))
    taken = imports.load_file(desk, actor_of(actor), command).value
    return {
        "load": taken.load or None, "rows": taken.rows, "new": taken.new, "changed": taken.changed, "same": taken.same,
        "total": plain(taken.total),
    }  # fmt: skip


def import_mapping(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Keep a mapping under a name."""
    mapping = ColumnMapping(_words(step, "columns"), _words(step, "fixed"))
    command = import_mappings.SaveMapping(step.key, step.needed("name"), _kind(step), mapping)
    saved = import_mappings.save_mapping(desk, actor_of(actor), command).value
    return {"mapping": saved.name, "kind": saved.kind.value, "columns": dict(saved.mapping.columns)}


def _of_preview(seen: imports.Preview) -> dict[str, Any]:
    return {
        "rows": seen.rows,
        "new": seen.new,
        "changed": seen.changed,
        "same": seen.same,
        "total": plain(seen.total),
        "columns": dict(seen.mapping.columns),
        "not_read": list(seen.unused),
        "faults": [{"row": one.row, "column": one.column, "words": one.sentence} for one in seen.faults],
    }


def _kind(step: Step) -> ImportKind:
    try:
        return ImportKind(step.needed("kind"))
    except ValueError:
        raise BadInput("A file holds customers, accounts or bills.", field="kind") from None


def _csv(step: Step) -> bytes:
    """Write the rows of a step as the file that they stand for."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    for row in step.list("rows"):
        if not isinstance(row, list):
            raise BadInput("Rows are lists of texts, the first one the titles.", field="rows")
        writer.writerow([str(cell) for cell in row])
    return out.getvalue().encode()


def _words(step: Step, name: str) -> dict[str, str]:
    value = step.data.get(name) or {}
    if not isinstance(value, Mapping):
        raise BadInput(f"“{name}” is an object of fields and titles.", field=name)
    return {str(key): str(text) for key, text in value.items()}


STEPS: dict[str, Callable[[Desk, Actor | None, Step], Result]] = {
    "import": import_file,
    "import_mapping": import_mapping,
}
"""The steps of this module, by name."""
