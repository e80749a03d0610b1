"""Paths filled, recognised, and led to their operation."""

import time

import pytest

from verifier.encoding import EncodeError, Router, fill_path, match_path
from verifier.loading import from_mapping
from verifier.model import Operation


def operations(*keys: str) -> tuple[Operation, ...]:
    paths: dict = {}
    for key in keys:
        method, _, path = key.partition(" ")
        paths.setdefault(path, {})[method.lower()] = {"responses": {}}
    return from_mapping(
        {"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": paths}
    ).operations


@pytest.mark.parametrize(
    ("template", "path", "values"),
    [
        ("/a", "/a", {}),
        ("/a/{id}", "/a/1", {"id": "1"}),
        ("/a/{id}", "/a/x%2Fy%20z", {"id": "x/y z"}),
        ("/a/{id}.json", "/a/1.json", {"id": "1"}),
        ("/a/{id}.{format}", "/a/1.tar", {"id": "1", "format": "tar"}),
        ("/a/{id}:cancel", "/a/1:cancel", {"id": "1"}),
        ("/a/{id}", "/a/1/b", None),
        ("/a/{id}", "/a/", None),
        ("/a/{id}", "/b/1", None),
        ("/a", "/a/", None),
        ("/a/{id}.json", "/a/1.xml", None),
        ("/a.b/{id}", "/aXb/1", None),
    ],
)
def test_a_template_recognises_its_paths_and_no_others(
    template: str, path: str, values: dict | None
) -> None:
    assert values == match_path(template, path)


def test_a_path_is_filled_segment_by_segment() -> None:
    assert fill_path("/a/{b}/c/{d}.json", {"b": "x%2Fy", "d": "1"}) == "/a/x%2Fy/c/1.json"


@pytest.mark.parametrize(("value", "written"), [(".", "%2E"), ("..", "%2E%2E"), ("...", "...")])
def test_segments_of_dots_are_protected(value: str, written: str) -> None:
    assert fill_path("/a/{b}", {"b": value}) == f"/a/{written}"


@pytest.mark.parametrize(("values", "word"), [({}, "has no value"), ({"b": ""}, "is empty")])
def test_a_value_that_would_address_something_else_is_refused(values: dict, word: str) -> None:
    with pytest.raises(EncodeError, match=word) as caught:
        fill_path("/a/{b}", values)
    assert caught.value.part == "path"


def test_fixed_segments_win_over_variables_for_each_method() -> None:
    router = Router(operations("GET /users/me", "GET /users/{id}", "DELETE /users/{id}"))
    fixed, variable = router.find("GET", "/users/me"), router.find("DELETE", "/users/me")
    assert fixed is not None
    assert fixed.operation is not None
    assert fixed.operation.path == "/users/me"
    assert variable is not None
    assert variable.operation is not None
    assert (variable.operation.path, variable.path) == ("/users/{id}", {"id": "me"})


def test_a_dead_end_behind_a_fixed_segment_is_left_again() -> None:
    router = Router(operations("GET /a/b/c", "GET /{x}/b/d"))
    found = router.find("GET", "/a/b/d")
    assert found is not None
    assert found.path == {"x": "a"}


def test_the_more_fixed_text_a_segment_has_the_sooner_it_wins() -> None:
    router = Router(
        operations("GET /a/{id}", "GET /a/{id}:go", "GET /a/{id}.{f}", "GET /a/{id}.json")
    )

    def path_of(path: str) -> str:
        found = router.find("GET", path)
        assert found is not None
        assert found.operation is not None
        return found.operation.path

    assert path_of("/a/1") == "/a/{id}"
    assert path_of("/a/1.json") == "/a/{id}.json"
    assert path_of("/a/1.xml") == "/a/{id}.{f}"
    assert path_of("/a/1:go") == "/a/{id}:go"


def test_another_method_names_those_that_are_allowed() -> None:
    router = Router(operations("GET /a/{id}", "PUT /a/{id}", "DELETE /a/x"))
    found = router.find("POST", "/a/x")
    assert found is not None
    assert found.operation is None
    assert sorted(found.allowed) == ["DELETE", "GET", "PUT"]


@pytest.mark.parametrize("path", ["/", "/a", "/a/", "/a/1/2", "/A/1", "a/1", ""])
def test_unknown_paths_lead_nowhere(path: str) -> None:
    assert Router(operations("GET /a/{id}")).find("GET", path) is None


def test_values_come_as_they_stand_in_the_path() -> None:
    found = Router(operations("GET /a/{id}")).find("GET", "/a/x%2Fy")
    assert found is not None
    assert found.path == {"id": "x%2Fy"}


def test_templates_that_fork_at_every_segment_do_not_explode() -> None:
    keys = [
        "GET /" + "/".join("a" if i >> n & 1 else f"{{v{n}}}" for n in range(9)) + "/end"
        for i in range(512)
    ]
    router = Router(operations(*keys))
    began = time.process_time()
    for _ in range(20):
        assert router.find("GET", "/" + "/".join("a" * 9) + "/none") is None
    assert time.process_time() - began < 2


def test_templates_that_differ_in_their_query_are_told_apart_by_what_is_sent():
    router = Router(operations("GET /m", "GET /m?beta=true"))
    sent = {"": "/m", "beta=true": "/m?beta=true", "a=1&beta=true": "/m?beta=true", "beta=1": "/m"}
    for query, path in sent.items():
        assert path == router.find("GET", "/m", query).operation.path
