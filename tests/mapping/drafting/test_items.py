"""Rows of exports show of items in lists what names do not, where both sides have as many."""

import json
import random

import pytest

from tests.mapping.drafting.test_drafts import document, rules
from verifier.mapping.drafting import draft

SKUS = [f"CH-{number}" for number in range(40)]


@pytest.fixture
def documents(tmp_path):
    """The names of what stands in the lists tell nothing, and its types little."""
    items = "array, items: {type: object, properties: {%s}}"
    one = {"id": "string", "lines": items % "a: {type: string}, b: {type: number}"}
    other = {"number": "string", "lines": items % "x: {type: integer}, y: {type: string}"}
    mine, theirs = document(tmp_path, "Order", one), document(tmp_path, "Invoice", other)
    return f"{mine}#Order", f"{theirs}#Invoice"


def orders(rng):
    return [
        {
            "id": f"{number:05}",
            "lines": [
                {"a": rng.choice(SKUS), "b": rng.randint(100, 9000) / 100}
                for _ in range(rng.randint(1, 4))
            ],
        }
        for number in range(60)
    ]


def invoice(order, lines):
    made = [{"x": round(line["b"] * 100), "y": line["a"]} for line in lines]
    return {"number": f"INV-{order['id']}", "lines": made}


def written(path, records):
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
    return path


def found_in(folder, documents, mine, theirs):
    exports = written(folder / "a.jsonl", mine), written(folder / "b.jsonl", theirs)
    return rules(draft(*documents, beside=folder, exports=exports))


def test_lists_of_other_lengths_show_nothing(documents, tmp_path):
    mine = orders(random.Random(3))
    theirs = [invoice(one, [*one["lines"], *one["lines"]]) for one in mine]
    made = found_in(tmp_path, documents, mine, theirs)
    assert not any(
        rule.because.startswith("they agree") for rule in made.values() if rule.target.many
    )


def test_items_are_put_together_by_what_stands_in_them(documents, tmp_path):
    mine = orders(random.Random(3))
    made = found_in(tmp_path, documents, mine, [invoice(one, one["lines"]) for one in mine])
    assert str(made["lines[].y"].sources[0]) == "lines[].a"
    assert str(made["lines[].x"].sources[0]) == "lines[].b"
    assert "100%" in made["lines[].y"].because


def test_rows_in_which_a_line_is_missing_are_left_out(documents, tmp_path):
    mine = orders(random.Random(3))
    theirs = [invoice(one, one["lines"][n % 3 == 0 :]) for n, one in enumerate(mine)]
    made = found_in(tmp_path, documents, mine, theirs)
    assert "100%" in made["lines[].y"].because
