"""What may be asked for on the permits of a project, laid out from what is known, so that few keys are needed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from csr_desk.data.queries import Connection
from csr_desk.data.queries import service_releases as rows
from csr_desk.data.queries.told import Record
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.premise import esi_id_fault, figures_of
from csr_desk.domain.release import Kind
from csr_desk.domain.release_register import COMPANY_KIND, KIND_OF_INSPECTION, OPEN, Proposal
from csr_desk.services import permits
from csr_desk.services.desk import Desk

_SPENT = frozenset({"void", "revoked", "expired"})


def proposals(desk: Desk, actor: Actor, project_no: str) -> tuple[Proposal, ...]:
    """Return what can be asked for on a project: its permits with an inspection and without an open release."""
    actor.require(Act.SEE_PROJECTS)
    with desk.read() as work:
        found = (_proposal(work.conn, one) for one in rows.permits_of(work.conn, project_no))
        return tuple(one for one in found if one is not None)


def _proposal(conn: Connection, of_permit: Record) -> Proposal | None:
    """Lay out what the newest inspection of a permit is looked at for; None where there is none, or nothing is open."""
    looked = [one["kind"] for one in rows.inspections_of(conn, of_permit["permit_no"]) if one["state"] != "cancelled"]
    kinds = [KIND_OF_INSPECTION[name] for name in looked if name in KIND_OF_INSPECTION]
    if of_permit["state"] in _SPENT or not kinds:
        return None
    kind, permit_no = kinds[-1], of_permit["permit_no"]
    if rows.open_for(conn, kind.value, permit_no, of_permit["site_key"], OPEN):
        return None
    last = rows.last_at(conn, of_permit["site_key"], kind.value) or {}
    wires = _company(rows.companies_of(conn, COMPANY_KIND[kind]), last)
    return Proposal(
        permit=permit_no,
        site=of_permit["site"],
        kind=kind,
        company=wires["company_id"] if wires else "",
        company_name=wires["name"] if wires else "",
        premise=premise_of(conn, of_permit, wires, kind),
        utility_site=last.get("utility_site") or "",
    )


def premise_of(conn: Connection, of_permit: Record, wires: Record | None, kind: Kind) -> str:
    """Return the meter of a permit: the ESI ID keyed with it, or the one of an earlier release at its address."""
    keyed = _keyed_premise(_keyed(conn, of_permit), wires)
    return keyed or (rows.last_at(conn, of_permit["site_key"], kind.value) or {}).get("premise") or ""


def _company(known: tuple[Record, ...], last: Any) -> Record | None:
    """Return the company that had the last release here, or the first of its kind."""
    return next((one for one in known if one["company_id"] == last.get("company_id")), known[0] if known else None)


def _keyed(conn: Connection, of_permit: Record) -> list[str]:
    """Return every text that was keyed with a permit: it stands with its receipt, or with the permit itself."""
    kept = permits.inputs_of(conn, permits.one_permit(conn, of_permit["permit_no"]))
    return [*_words(json.loads(of_permit["inputs"] or "{}")), *kept.values()]


def _keyed_premise(keyed: Iterable[str], wires: Record | None) -> str:
    """Return the ESI ID among what was keyed with a permit: whatever reads as one of the company's."""
    code = (wires or {}).get("premise_code") or ""
    if not code:
        return ""
    found = (figures_of(word) for word in keyed)
    return next((word for word in found if not esi_id_fault(word, code)), "")


def _words(value: Any) -> list[str]:
    """Return every text of a JSON value, whatever its shape."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [word for part in value for word in _words(part)]
    return [str(value)]
