"""A patch is carried out whole or refused; nothing that a client can write breaks the mock."""

import pytest

from verifier.mocking.acting.patching import patched
from verifier.mocking.refusal import Refusal

THING = {"name": "a", "tags": ["x", "y"], "inner": {"deep": 1}, "a/b": 0}


def step(op, path, **more):
    return {"op": op, "path": path, **more}


@pytest.mark.parametrize(
    ("steps", "changed"),
    [
        ([step("replace", "/name", value="b")], {"name": "b"}),
        ([step("add", "/new", value=None)], {"new": None}),
        ([step("remove", "/name")], {"name": None}),
        ([step("add", "/tags/-", value="z")], {"tags": ["x", "y", "z"]}),
        ([step("add", "/tags/0", value="z")], {"tags": ["z", "x", "y"]}),
        ([step("remove", "/tags/1")], {"tags": ["x"]}),
        ([step("copy", "/name", **{"from": "/inner/deep"})], {"name": 1}),
        (
            [step("move", "/inner/b", **{"from": "/name"})],
            {"inner": {"deep": 1, "b": "a"}, "name": None},
        ),
        ([step("replace", "/a~1b", value=2)], {"a/b": 2}),
        ([step("test", "/name", value="a")], {}),
    ],
)
def test_what_a_patch_says_is_done(steps, changed):
    assert patched(THING, steps) == changed


@pytest.mark.parametrize(
    "steps",
    [
        [step("remove", "")],
        [step("move", "", **{"from": ""})],
        [step("move", "/name")],
        [step("copy", "/name", **{"from": 5})],
        [step("replace", "name", value=1)],
        [step("replace", "/nothing", value=1)],
        [step("add", "/tags/3", value=1)],
        [step("add", "/tags/-/x", value=1)],
        [step("add", f"/tags/{'9' * 5000}", value=1)],
        [step("remove", f"/tags/{'9' * 5000}")],
        [step("add", "/tags/\u0661", value=1)],
        [step("add", "/name/x", value=1)],
        [step("replace", "", value=[])],
        [step("test", "/name", value="b")],
        [step("replace", "/name", value="b"), step("remove", "/nothing")],
        [step("frobnicate", "/name")],
        [step("add", 5)],
        ["add"],
        {},
    ],
)
def test_what_cannot_be_done_is_refused_and_nothing_is(steps):
    assert isinstance(patched(THING, steps), Refusal)
    assert THING["tags"] == ["x", "y"]
