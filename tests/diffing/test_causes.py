"""One edit is told once, however much it takes with it, and at a place that can be found."""

from tests.diffing.editing import changes, edited, told

TEXT = {"type": "string"}
OK = "/paths/~1items/get/responses/200"
MANY = {"type": "object", "properties": dict.fromkeys("abcd", TEXT)}


def test_members_that_one_edit_takes_away_are_told_as_one():
    at = f"{OK}/content/application~1json/schema/properties/data"
    found = changes(edited((at, MANY)), edited((at, {"type": "object"})))
    assert told(found) == ["warning response properties.undescribed"]
    assert "no longer described: a, b, c, d." in found[0].says
    bound = edited((at, {**MANY, "required": ["a"]}))
    assert told(changes(bound, edited((at, {"type": "object"})))) == [
        "breaking response properties.removed-required",
        "warning response properties.undescribed",
    ]


def test_what_came_to_one_place_is_one_cause_whatever_it_is_a_part_of():
    whole = {"allOf": [{"$ref": "#/components/schemas/Person"}, {"required": ["email"]}]}
    both = [("/components/schemas/Whole", whole)]
    for name in ("Person", "Whole"):
        answer = {
            "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}
        }
        both.append((f"/paths/~1{name}", {"get": {"responses": {"200": answer}}}))
    old = edited(*both)
    new = edited(("/components/schemas/Person/properties/phone", TEXT), base=old)
    found = [c for c in changes(old, new) if c.direction == "response"]
    assert told(found) == ["info response properties.added"]
    assert found[0].reach >= 2


def test_a_place_that_is_not_written_is_told_as_the_one_around_it():
    at = f"{OK}/content/application~1json/schema"
    loose = {"type": "object", "required": ["a"]}
    old, new = edited((at, {**loose, "properties": {"a": TEXT}})), edited((at, loose))
    for change in (*changes(old, new), *changes(new, old)):
        assert not any(str(place).endswith("*") for place in (change.old, change.new))
