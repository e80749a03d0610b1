"""What answers show in time: nothing of the sound ones is news, and what is new is news once."""

import pytest

from tests.drifting.answers import CONTRACT, SOUND, answer, seen
from verifier.drifting import learn, observe
from verifier.drifting.learning import ENOUGH_ANSWERS
from verifier.model import Impact, Saying

BACKGROUND = learn((), seen(*[answer(SOUND)] * 30), "2027-01-01").lessons


def drifts(*exchanges, known=BACKGROUND, day="2027-01-02"):
    return [(d.severity, d.told) for d in learn(known, seen(*exchanges), day).drifts]


def says(*exchanges, **given):
    return [told.partition(": ")[2] for _, told in drifts(*exchanges, **given)]


def test_answers_as_before_and_as_documented_are_no_news():
    assert drifts(answer(SOUND), answer({**SOUND, "status": "sold"})) == []
    assert drifts(answer({**SOUND, "note": None, "labels": {"a": "b"}})) == []
    assert drifts(answer()) == []
    assert drifts(answer(status=500), answer(status=404, body=b"no")) == []


def test_nothing_is_news_before_there_is_a_background_but_what_the_document_denies():
    assert drifts(answer({**SOUND, "colour": "red", "mode": "slow"}), known=()) == []
    (told,) = says(answer({**SOUND, "status": "held"}), known=())
    assert told == (
        "data[].status is 'held', which the document does not list"
        " (first seen on 2027-01-02, 1 of 1 answers)"
    )


def test_one_look_is_no_background_however_many_answers_it_had():
    assert drifts(answer({**SOUND, "mode": "slow"}), day="2027-01-01") == []


@pytest.mark.parametrize(
    ("member", "severity", "told"),
    [
        ({"status": "held"}, "warning", "data[].status is 'held', which the document does not"),
        ({"id": "1"}, "breaking", "data[].id is of type string, against the document"),
        ({"status": None}, "breaking", "data[].status is of type null, against the document"),
        ({"placed": "2027-01-01"}, "warning", "data[].placed is no longer written as the docu"),
        ({"mode": "slow"}, "warning", "data[].mode is 'slow', which no earlier answer had"),
        ({"extra": "x"}, "warning", "data[].extra is of type string, as in no earlier answer"),
        ({"shipped": "1.2.27"}, "warning", "data[].shipped is written as text, as in no earlier"),
        ({"colour": {"r": 1}}, "info", "data[].colour is new: neither the document nor an earl"),
    ],
)
def test_what_is_new_is_told_in_one_sentence_with_its_severity(member, severity, told):
    ((how, found),) = drifts(answer(SOUND), answer({**SOUND, **member}))
    assert how is Impact(severity)
    assert found.startswith(f"GET /orders (200): {told}")
    assert found.endswith("(first seen on 2027-01-02, 1 of 32 answers)")


def test_a_required_member_that_is_missing_is_told_as_missing_not_as_gone():
    order = {k: v for k, v in SOUND.items() if k != "id"}
    assert says(answer(order)) == [
        "data[].id is missing, though the document requires it"
        " (first seen on 2027-01-02, 1 of 31 answers)"
    ]


def test_an_optional_member_that_every_answer_had_is_told_when_none_has_it():
    order = {k: v for k, v in SOUND.items() if k != "mode"}
    assert says(answer(order), answer(SOUND)) == []
    assert says(answer(order), answer(order))[0].startswith("data[].mode is gone: every earlier")
    assert says(answer()) == []


def test_counts_grow_with_every_answer_and_the_first_day_stays():
    held = answer({**SOUND, "status": "held"})
    first = learn(BACKGROUND, seen(held), "2027-01-02").lessons
    known = {lesson.key: lesson for lesson in (*BACKGROUND, *first)}
    again = learn(known.values(), seen(held, answer(SOUND), held), "2027-01-09")
    assert again.drifts[0].told.endswith("(first seen on 2027-01-02, 3 of 34 answers)")


def test_a_list_of_many_is_one_answer():
    counted = seen(answer(*[SOUND] * 15))
    assert {observed.times for observed in counted.values()} == {1}


def test_texts_that_are_no_codes_are_never_remembered():
    order = {**SOUND, "mode": "Ada Lovelace, 12 Park Lane, London, and more", "shipped": "Ada"}
    names = {trait.name for trait in seen(answer({**order, "note": "sk_live_1234567"}))}
    assert {name for name in names if name.startswith("value ")} == {"value open"}


def test_a_member_that_takes_too_many_values_is_no_enumeration():
    many = [answer({**SOUND, "mode": f"m{chr(97 + n)}"}) for n in range(20)] * 2
    known = learn((), seen(*many), "2027-01-01").lessons
    assert drifts(answer({**SOUND, "mode": "slow"}), known=known) == []


def test_names_in_a_map_are_data_and_no_fields():
    known = learn((), seen(*[answer({**SOUND, "labels": {"a": "b"}})] * 30), "2027-01-01").lessons
    assert drifts(answer({**SOUND, "labels": {"z": "b"}}), known=known) == []


def test_an_undocumented_status_and_another_media_type_are_told_at_once():
    assert says(answer(SOUND, status=206)) == [
        "the answer is a status that is not documented (first seen on 2027-01-02, 1 of 1 answers)"
    ]
    (told,) = says(answer(kind="text/html", body=b"<p>"))
    assert told.startswith("the answer comes as text/html, which is not documented")


@pytest.mark.parametrize("body", [b"", b"{", b"null", b"[[[]]]", b'{"data":{"0":{"id":[]}}}'])
def test_whatever_a_vendor_answers_something_is_learned_and_nothing_raised(body):
    found = observe(CONTRACT, [answer(body=body)])
    assert any(trait.name == "answers" for trait in found)


def test_depth_and_number_of_traits_are_bounded():
    deep = SOUND
    for _ in range(200):
        deep = {"extra": deep}
    wide = {f"field{n}": n for n in range(5000)}
    found = observe(CONTRACT, [answer({**SOUND, "extra": deep, **wide})])
    assert len(found) < 700


def test_what_the_document_says_of_a_trait_is_kept_beside_it():
    found = seen(answer({**SOUND, "colour": "red", "status": "held"}))
    said = {f"{t.path} {t.name}": observed.standing for t, observed in found.items()}
    assert said["data[].id present"] is Saying.SAID
    assert said["data[].colour present"] is Saying.OPEN
    assert said["data[].status value held"] is Saying.DENIED
    assert ENOUGH_ANSWERS > 10
