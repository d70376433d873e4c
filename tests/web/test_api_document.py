"""The document: whole, true to the routes, one component for every form, and a page to read it on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.web.markup import Page
from tests.web.programs import VISIT, Program, Town
from workflow.forms import lines
from workflow.registry import PROCEDURES

METHODS = {"get", "put", "post", "delete", "patch", "head", "options"}
PARAMETER = re.compile("{([a-z]+)}")


@pytest.fixture(scope="session")
def document(programs: Town) -> dict[str, Any]:
    answer = programs.stranger().get("/openapi.json")
    assert answer.status_code == 200
    told: dict[str, Any] = answer.get_json()
    return told


def nodes(tree: Any) -> Iterator[Any]:
    yield tree
    for branch in tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ():
        yield from nodes(branch)


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in document["paths"].items():
        for method in METHODS & item.keys():
            yield (
                path,
                method,
                item[method] | {"parameters": [*item.get("parameters", []), *item[method].get("parameters", [])]},
            )


def resolved(document: dict[str, Any], reference: str) -> Any:
    found: Any = document
    for step in reference.removeprefix("#/").split("/"):
        found = found[step.replace("~1", "/").replace("~0", "~")]
    return found


def test_it_names_its_version_and_what_it_is(document: dict[str, Any]) -> None:
    assert document["openapi"] == "3.1.0"
    assert {"title", "version"} <= document["info"].keys()
    assert document["components"]["securitySchemes"]["token"] == {"type": "http", "scheme": "bearer"}


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    references = [
        node["$ref"] for node in nodes(document) if isinstance(node, dict) and isinstance(node.get("$ref"), str)
    ]
    assert references
    for reference in references:
        assert isinstance(resolved(document, reference), dict), reference


def test_every_operation_answers_and_describes_its_parameters(document: dict[str, Any]) -> None:
    for path, method, operation in operations(document):
        assert operation["summary"], path
        assert "default" in operation["responses"], path
        assert any(code.startswith("2") for code in operation["responses"]), path
        named = {each["name"] for each in operation["parameters"] if each["in"] == "path"}
        assert named == set(PARAMETER.findall(path)), (method, path)
        assert all({"name", "in", "schema"} <= each.keys() for each in operation["parameters"]), path


def test_no_two_paths_are_the_same_but_for_a_name(document: dict[str, Any]) -> None:
    plain = [PARAMETER.sub("{}", path) for path in document["paths"]]
    assert len(plain) == len(set(plain))


def test_schemas_use_only_types_there_are(document: dict[str, Any]) -> None:
    types = {"string", "integer", "number", "boolean", "array", "object", "null"}
    for node in nodes(document["components"]["schemas"]):
        kind = node.get("type") if isinstance(node, dict) else None
        if isinstance(kind, str | list):
            assert set([kind] if isinstance(kind, str) else kind) <= types, node
            assert kind != "array" or "items" in node


def test_every_hand_of_every_act_has_its_component(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    for law in PROCEDURES.values():
        for texts in law.acts.values():
            for hand in range(len(texts[-1].hands)):
                found = schemas[f"{law.id}.{texts[-1].id}" + (f".{hand + 1}" if hand else "")]
                asked = [line.field for line in lines(texts[-1], hand)]
                assert list(found["properties"]) == [field.id for field in asked]
                assert found.get("required", []) == [field.id for field in asked if field.required]
                assert found["additionalProperties"] is False


def test_a_field_carries_its_label_options_and_limits(document: dict[str, Any]) -> None:
    lines_ = document["components"]["schemas"]["petition.register"]["properties"]
    assert lines_["channel"]["enum"] == ["web", "letter", "phone", "fax", "visit", "12345"]
    assert lines_["channel"]["x-options"]["visit"]["zh"] == "来访"
    assert (lines_["content"]["minLength"], lines_["content"]["maxLength"]) == (5, 10_000)
    assert lines_["received_on"]["format"] == "date"
    assert all(each["x-label-zh"] and each["x-label-en"] for each in lines_.values())


def test_every_route_is_described_and_every_described_route_is_there(document: dict[str, Any], programs: Town) -> None:
    rules = [rule for rule in programs.app.url_map.iter_rules() if rule.endpoint.startswith("api.")]
    there = {(re.sub("<(?:[a-z]+:)?([a-z]+)>", r"{\1}", rule.rule), method.lower())
             for rule in rules for method in rule.methods - {"HEAD", "OPTIONS"}}  # fmt: skip
    assert there == {(path, method) for path, method, _ in operations(document)}


def test_every_described_route_is_answered(document: dict[str, Any], programs: Town) -> None:
    clerk, watcher = programs.program("zhouxiaoman"), programs.program("mengzhixing")
    no = clerk.register()["number"]
    paper = clerk.get(f"/cases/{no}").get_json()["documents"][0]["id"]
    values = {"no": no, "name": no, "trigger": "complete_record", "id": str(paper), "code": "D1"}
    for path, method, operation in operations(document):
        own = values | {"id": "petition"} if "procedures" in path else values
        own = own | {"name": "petition"} if method == "post" else own
        asked = PARAMETER.sub(lambda found, own=own: own[found[1]], path).removeprefix("/api/v1")
        body = {"form": VISIT} if "name" in path else {"form": {}, "version": 1}
        program = watcher if "measures" in path else clerk
        answer = program.get(asked) if method == "get" else program.post(asked, body)
        assert str(answer.status_code) in operation["responses"], (asked, answer.text)
        told = answer.get_json()
        assert told.keys() == expected(document, operation, answer.status_code), asked


def expected(document: dict[str, Any], operation: dict[str, Any], status: int) -> set[str]:
    """Names of what the document says is answered, inherited ones included."""
    schema = operation["responses"][str(status)]["content"]["application/json"]["schema"]
    return set(resolved(document, schema["$ref"])["properties"])


def test_the_page_needs_nothing_from_elsewhere_and_runs_nothing(programs: Town) -> None:
    answer = programs.stranger().get("/docs")
    assert answer.status_code == 200
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "<script" not in answer.text
    assert not re.search('(src|href)="(https?:)?//', answer.text)
    assert "style=" not in answer.text
    assert "petition.accept" in answer.text
    assert Page(answer.text).faults == []


def test_the_shown_person_is_the_tokens(programs: Town) -> None:
    told = programs.program("chenliqiu").get("/me").get_json()
    assert (told["name"], told["role"], told["unit"]["id"]) == ("陈立秋", "caseworker", "LA")


def test_procedures_are_told_with_their_acts(programs: Town) -> None:
    clerk: Program = programs.program("zhouxiaoman")
    told = clerk.get("/procedures/petition").get_json()
    assert clerk.get("/procedures").get_json()["procedures"][0]["id"] == "petition"
    accept = next(act for act in told["acts"] if act["trigger"] == "accept")
    assert "registered" in accept["sources"]
    assert clerk.get("/procedures/nonsense").status_code == 404
