"""Requests and what can be asked for in the shape of Open311 GeoReport v2, as JSON and as XML, both ways (H2).

Source: GeoReport v2: GET Service List, GET Service Definition, GET Service Requests. A field that is empty is written
as the standard writes it (null, an empty element) and read as nothing. What the standard does not know is kept out:
answers travel as ``attribute[code]``, the name under which the standard takes them in.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, TypeAlias
from xml.etree import ElementTree as ET

from csr_desk.domain.errors import BadInput
from csr_desk.domain.request_questions import Question, QuestionKind

MOST_BYTES = 50 * 1_048_576
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
"""What may name an element of XML; anything else goes as ``<field name="…">``."""
_ATTRIBUTE = re.compile(r"attribute\[(?P<code>[^\]]{1,80})\]")


class Form(StrEnum):
    """How it is written."""

    JSON = "json"
    XML = "xml"


@dataclass(frozen=True, slots=True)
class Service:
    """A line of the service list; ``metadata`` says that there is a definition with questions."""

    service_code: str
    service_name: str
    description: str = ""
    metadata: bool = False
    type: str = "realtime"
    keywords: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Definition:
    """The questions of a service."""

    service_code: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class ServiceRequest:
    """A request as the standard gives it out; instants are ISO 8601 with their offset."""

    service_request_id: str
    status: str
    status_notes: str = ""
    service_name: str = ""
    service_code: str = ""
    description: str = ""
    agency_responsible: str = ""
    service_notice: str = ""
    requested_datetime: str = ""
    updated_datetime: str = ""
    expected_datetime: str = ""
    address: str = ""
    address_id: str = ""
    zipcode: str = ""
    lat: str = ""
    long: str = ""
    media_url: str = ""
    attributes: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Each answer by the code of its question."""


STATUSES = ("open", "closed")
TYPES = ("realtime", "batch", "blackbox")


Raw: TypeAlias = Mapping[str, Any]
"""A row with everything that stood in it, also what the standard does not know: kept, it goes back as it came."""


def write_services(services: Sequence[Service], form: Form) -> bytes:
    """Write the list of services."""
    return write_service_rows([service_row(one) for one in services], form)


def write_service_rows(rows: Sequence[Raw], form: Form) -> bytes:
    """Write a list of services from rows."""
    return _written("services", "service", rows, form)


def service_rows(content: bytes, form: Form) -> tuple[Raw, ...]:
    """Read a list of services as rows; raise BadInput where it is none."""
    return tuple(_rows(content, form, "services", "service"))


def read_services(content: bytes, form: Form) -> tuple[Service, ...]:
    """Read a list of services; raise BadInput with what is wrong and where."""
    return tuple(service_of(row, at) for at, row in enumerate(service_rows(content, form), 1))


def service_of(row: Raw, at: int) -> Service:
    """Read the ``at``-th service of a list; raise BadInput."""
    where, metadata = f"Service {at}", _text(row, "metadata").lower()
    if metadata not in {"", "true", "false"}:
        raise BadInput(f"{where}: “metadata” is true or false.", field="metadata")
    kind = _text(row, "type") or "realtime"
    if kind not in TYPES:
        raise BadInput(f"{where}: “type” is one of {', '.join(TYPES)}.", field="type")
    return Service(
        _needed(row, "service_code", where), _needed(row, "service_name", where), _text(row, "description"),
        metadata == "true", kind, _text(row, "keywords"), _text(row, "group"),
    )  # fmt: skip


def write_definition(definition: Definition, form: Form) -> bytes:
    """Write the questions of a service."""
    return write_definition_row(definition_row(definition), form)


def definition_row(definition: Definition) -> Raw:
    """Lay the questions of a service out as a row."""
    rows = [_question_row(one) for one in definition.questions]
    return {"service_code": definition.service_code, "attributes": rows}


def write_definition_row(row: Raw, form: Form) -> bytes:
    """Write the questions of a service from a row."""
    if form is Form.JSON:
        return _json(dict(row))
    root = ET.Element("service_definition")
    _fill(root, {name: value for name, value in row.items() if name != "attributes"})
    attributes = ET.SubElement(root, "attributes")
    for question in row["attributes"]:
        one = ET.SubElement(attributes, "attribute")
        for name, value in question.items():
            if name == "values":
                values = ET.SubElement(one, "values")
                for pair in value or ():
                    _fill(ET.SubElement(values, "value"), pair)
            else:
                _fill(one, {name: value})
    return _xml(root)


def read_definition(content: bytes, form: Form) -> Definition:
    """Read the questions of a service; raise BadInput with what is wrong and where."""
    return definition_of(read_definition_row(content, form))


def definition_of(row: Raw) -> Definition:
    """Read the questions of a service from a row; raise BadInput."""
    questions = tuple(_question(at, one) for at, one in enumerate(row["attributes"], 1))
    return Definition(_word(row["service_code"]).strip(), questions)


def read_definition_row(content: bytes, form: Form) -> Raw:
    """Read the questions of a service as a row; raise BadInput where it is none."""
    if form is Form.JSON:
        data = _parsed(content)
        data = data[0] if isinstance(data, list) and len(data) == 1 else data
        if not isinstance(data, Mapping):
            raise BadInput("A service definition is one object.", field="file")
        row = {"attributes": [], **data}
    else:
        root = _root(content)
        if root.tag != "service_definition":
            raise BadInput("A service definition begins with <service_definition>.", field="file")
        row = {name: value for name, value in _row_of(root).items() if name != "attributes"}
        row["attributes"] = [_attribute_of(one) for one in root.iterfind("attributes/attribute")]
    if not _word(row.get("service_code")).strip() or not isinstance(row["attributes"], list):
        raise BadInput("A service definition has a “service_code” and “attributes”.", field="service_code")
    return row


def write_requests(requests: Sequence[ServiceRequest], form: Form) -> bytes:
    """Write requests."""
    return write_request_rows([request_row(one) for one in requests], form)


def write_request_rows(rows: Sequence[Raw], form: Form) -> bytes:
    """Write requests from rows."""
    return _written("service_requests", "request", rows, form)


def request_rows(content: bytes, form: Form) -> tuple[Raw, ...]:
    """Read requests as rows; raise BadInput where the file has none."""
    return tuple(_rows(content, form, "service_requests", "request"))


def read_requests(content: bytes, form: Form) -> tuple[ServiceRequest, ...]:
    """Read requests; raise BadInput with what is wrong and where."""
    return tuple(request_of(row, at) for at, row in enumerate(request_rows(content, form), 1))


def request_of(row: Raw, at: int) -> ServiceRequest:
    """Read the ``at``-th request of a file; raise BadInput."""
    said = {part.name: _text(row, part.name) for part in fields(ServiceRequest) if part.name != "attributes"}
    said["service_request_id"] = _needed(row, "service_request_id", f"Request {at}")
    if said["status"] not in STATUSES:
        raise BadInput(f"Request {at}: “status” is one of {', '.join(STATUSES)}.", field="status")
    return ServiceRequest(**said, attributes=_answers(row))


def service_row(one: Service) -> Raw:
    """Lay a service out as a row."""
    row = {part.name: getattr(one, part.name) for part in fields(one)}
    return {name: value if value != "" or name != "description" else None for name, value in row.items()}


def request_row(one: ServiceRequest) -> Raw:
    """Lay a request out as a row."""
    row: dict[str, Any] = {
        part.name: getattr(one, part.name) or None for part in fields(one) if part.name != "attributes"
    }
    for code, values in one.attributes:
        row[f"attribute[{code}]"] = list(values) if len(values) != 1 else values[0]
    return row


def _question_row(one: Question) -> dict[str, Any]:
    row: dict[str, Any] = {
        "variable": one.variable, "code": one.code, "datatype": one.kind.value, "required": one.required,
        "datatype_description": one.hint or None, "order": one.order, "description": one.description,
    }  # fmt: skip
    return row | ({"values": [{"key": key, "name": name} for key, name in one.values]} if one.values else {})


def _question(at: int, row: object) -> Question:
    where = f"Attribute {at}"
    if not isinstance(row, Mapping):
        raise BadInput(f"{where} is an object.", field="attributes")
    try:
        kind = QuestionKind(_text(row, "datatype") or "string")
        order = int(_text(row, "order") or at)
    except ValueError:
        raise BadInput(f"{where}: “datatype” or “order” is none of the standard’s.", field="datatype") from None
    values = row.get("values") or []
    if not isinstance(values, list) or not all(isinstance(one, Mapping) for one in values):
        raise BadInput(f"{where}: “values” is a list of keys and names.", field="values")
    pairs = tuple((_needed(one, "key", where), _text(one, "name") or _text(one, "key")) for one in values)
    return Question(
        _needed(row, "code", where), _text(row, "description"), kind, _text(row, "required").lower() == "true", order,
        _text(row, "datatype_description"), pairs, _text(row, "variable").lower() != "false",
    )  # fmt: skip


def _answers(row: Mapping[str, Any]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    found: dict[str, tuple[str, ...]] = {}
    for name, value in row.items():
        if (match := _ATTRIBUTE.fullmatch(name)) is not None:
            parts = value if isinstance(value, list) else [value]
            found[match["code"]] = tuple(_word(part) for part in parts if part is not None)
    return tuple(found.items())


# ---- the two ways of writing


def _written(whole: str, single: str, rows: Sequence[Mapping[str, Any]], form: Form) -> bytes:
    if form is Form.JSON:
        return _json(list(rows))
    root = ET.Element(whole)
    for row in rows:
        _fill(ET.SubElement(root, single), row)
    return _xml(root)


def _fill(element: ET.Element, row: Mapping[str, Any]) -> None:
    """An answer is an element of its own with its code: XML has no brackets in a name."""
    for name, value in row.items():
        match = _ATTRIBUTE.fullmatch(name)
        for part in value if isinstance(value, list) else [value]:
            known = _NAME.fullmatch(name)
            child = ET.SubElement(element, "attribute" if match else name if known else "field")
            if match:
                child.set("code", match["code"])
            elif not known:
                child.set("name", name)
            if isinstance(part, Mapping):
                _fill(child, part)
            else:
                child.text = _word(part)


def _rows(content: bytes, form: Form, whole: str, single: str) -> list[Mapping[str, Any]]:
    if form is Form.JSON:
        data = _parsed(content)
        if not isinstance(data, list) or not all(isinstance(one, Mapping) for one in data):
            raise BadInput("The file is a list of objects.", field="file")
        return data
    root = _root(content)
    if root.tag != whole:
        raise BadInput(f"The file begins with <{whole}>.", field="file")
    return [_row_of(one) for one in root.iterfind(single)]


def _row_of(element: ET.Element) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for child in element:
        answer = child.tag == "attribute"
        name = f"attribute[{child.get('code', '')}]" if answer else child.get("name", child.tag)
        value = _row_of(child) if len(child) else child.text or ""
        if answer:
            row.setdefault(name, []).append(value)
        elif name in row:
            before = row[name]
            row[name] = [*(before if isinstance(before, list) else [before]), value]
        else:
            row[name] = value
    return row


def _attribute_of(element: ET.Element) -> dict[str, Any]:
    row = {name: value for name, value in _row_of(element).items() if name != "values"}
    row["values"] = [_row_of(one) for one in element.iterfind("values/value")]
    return row


def _json(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False, indent=2).encode()


def _xml(root: ET.Element) -> bytes:
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _parsed(content: bytes) -> Any:
    _refuse_size(content)
    try:
        return json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError) as fault:
        raise BadInput("The file is no JSON that can be read.", field="file") from fault


def _root(content: bytes) -> ET.Element:
    """Parse XML that defines nothing of its own: an entity could blow it up or read another file."""
    _refuse_size(content)
    if re.search(rb"<!\s*(DOCTYPE|ENTITY)", content, re.IGNORECASE):
        raise BadInput("The file defines entities; such a file is not read.", field="file")
    try:
        return ET.fromstring(content)  # noqa: S314 - no document type, no entities: refused above
    except (ET.ParseError, ValueError, LookupError) as fault:
        raise BadInput("The file is no XML that can be read.", field="file") from fault


def _refuse_size(content: bytes) -> None:
    if len(content) > MOST_BYTES:
        raise BadInput(f"A file has at most {MOST_BYTES // 1_048_576} megabytes.", field="file")


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    if isinstance(value, list | Mapping):
        value = next((part for part in value if isinstance(part, str)), "") if isinstance(value, list) else ""
    return "" if value is None else _word(value).strip()


def _needed(row: Mapping[str, Any], name: str, where: str) -> str:
    said = _text(row, name)
    if not said:
        raise BadInput(f"{where} has no “{name}”.", field=name)
    return said


def _word(value: object) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)
