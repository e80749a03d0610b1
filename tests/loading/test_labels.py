"""Resources as inferred, held against what people read in ten vendors' documents."""

import json
import re
from functools import cache
from pathlib import Path

import pytest

from tests.places import CORPUS, needs_corpus
from verifier.loading import load

LABELS = {
    path.stem: json.loads(path.read_text()) for path in Path(__file__).parent.glob("labels/*")
}
ROLES = ("create", "read", "list", "update", "replace", "delete", "search")
FACTS = ("id_field", "list_member", "envelope")


def plain(path: str) -> str:
    """A path or an operation key without the names of its parameters."""
    return re.sub(r"\{[^{}]*\}", "{}", path)


def operations(entry) -> set[tuple[str, str]]:
    found = {(role, plain(entry[role])) for role in ROLES if entry.get(role)}
    return found | {("action", plain(key)) for key in entry.get("actions", ())}


def as_entry(resource) -> dict:
    return {name: getattr(resource, name) for name in (*ROLES, *FACTS, "actions")}


@cache
def measured(vendor: str) -> dict[str, float]:
    """Shares of labelled resources, operations and facts that were inferred as labelled."""
    label = LABELS[vendor]
    contract = load(CORPUS / label["document"])
    by_path = {}
    for resource in contract.resources:
        for path in (resource.item, resource.collection):
            if path:
                by_path.setdefault(plain(path), as_entry(resource))
    sums = dict.fromkeys(("whole", "found", "operations", "right", "wrong", "facts", "true"), 0)
    for path, wanted in label["resources"].items():
        got = by_path.get(plain(path), {})
        named, seen = operations(wanted), operations(got)
        sums["whole"] += 1
        sums["found"] += named == seen
        sums["operations"] += len(named)
        sums["right"] += len(named & seen)
        sums["wrong"] += len(seen - named)
        for fact in FACTS:
            if fact in wanted:
                sums["facts"] += 1
                sums["true"] += got.get(fact) == wanted[fact]
    labelled = {plain(path) for path in label["resources"]}
    invented = [
        r for r in contract.resources if {plain(r.item), plain(r.collection)}.isdisjoint(labelled)
    ]
    return {
        "resources": sums["found"] / sums["whole"],
        "operations": sums["right"] / sums["operations"],
        "precision": sums["right"] / (sums["right"] + sums["wrong"]),
        "facts": sums["true"] / max(1, sums["facts"]),
        "invented": len(invented) if label["whole"] else 0,
    }


FLOORS = {
    # vendor: resources with exactly the labelled operations, operations in their labelled role,
    # operations found that are labelled, labelled fields; and resources that nobody labelled
    "adyen": (1.0, 1.0, 1.0, 1.0, 1),
    "asana": (0.95, 1.0, 0.96, 1.0, 0),
    "github": (0.85, 0.97, 0.94, 1.0, 0),
    "intercom": (0.94, 0.98, 1.0, 0.95, 0),
    "jupyterhub": (0.93, 0.97, 0.97, 1.0, 2),
    "kinto": (1.0, 1.0, 1.0, 1.0, 1),
    "paypal": (1.0, 1.0, 1.0, 1.0, 0),
    "resend": (0.88, 0.98, 0.98, 1.0, 0),
    "spotify": (0.95, 0.97, 0.97, 1.0, 0),
    "stripe": (0.96, 0.99, 0.99, 1.0, 0),
    "twilio": (1.0, 1.0, 1.0, 1.0, 0),
    "xero-projects": (1.0, 1.0, 1.0, 1.0, 0),
}


def test_every_vendor_with_labels_has_a_floor():
    assert set(FLOORS) == set(LABELS)


@needs_corpus
@pytest.mark.corpus
@pytest.mark.parametrize("vendor", FLOORS)
def test_inference_is_no_worse_than_it_was(vendor):
    got = measured(vendor)
    resources, found, precision, facts, invented = FLOORS[vendor]
    assert got["resources"] >= resources
    assert got["operations"] >= found
    assert got["precision"] >= precision
    assert got["facts"] >= facts
    assert got["invented"] <= invented


@needs_corpus
@pytest.mark.corpus
@pytest.mark.parametrize("vendor", LABELS)
def test_labels_name_operations_that_exist(vendor):
    label = LABELS[vendor]
    known = {plain(o.key) for o in load(CORPUS / label["document"]).operations}
    named = {key for entry in label["resources"].values() for _, key in operations(entry)}
    assert named <= known
