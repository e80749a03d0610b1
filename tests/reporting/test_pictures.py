"""Pictures: none without figures, a table behind each, and nothing off the plane."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.reporting.pages import read
from tests.reporting.sample_pictures import (
    DATES,
    EDGES,
    FIELDS,
    LOSSES,
    MATRIX,
    PAST,
    PICTURES,
    RETRIES,
    STAIRS,
    pictured,
)
from tests.reporting.sample_run import contract, exchange, outcome, run
from verifier.catalogue import catalogue
from verifier.judging import judge
from verifier.loading import from_mapping
from verifier.model import (
    AccessMatrix,
    ChangeTimeline,
    Dated,
    EdgeCases,
    Finding,
    Losses,
    RateStaircase,
    RetryTimeline,
    Status,
    picture_in,
    shown,
)
from verifier.reporting.compose import compose
from verifier.reporting.drawing import Box, Curve, Dot, Label, Stamp, Stroke
from verifier.reporting.formats import html
from verifier.reporting.pictures import (
    access,
    calendar,
    correspondence,
    edges,
    latency,
    losses,
    retries,
    staircase,
    trend,
)
from verifier.reporting.pictures.scale import linear, logarithmic

SAY = catalogue("verifier.reporting")
TODAY = date(2027, 1, 15)


def seen(made, past=()):
    return compose(made, judge(made), past=past)


def figures(view):
    return [figure for chapter in view.chapters for figure in chapter.figures]


# -- nothing where there is nothing


def test_a_run_without_figures_shows_no_picture():
    view = seen(run([outcome("contract.document-valid", requests=0, subject="")], mode="desk"))
    assert (view.figures, figures(view)) == ({}, [])
    assert "picture" not in read(html.write(view)).text


@pytest.mark.parametrize(
    "drawn",
    [
        access.draw(AccessMatrix(principals=("a",), rows={}), "n", "t", SAY),
        access.draw(AccessMatrix(principals=(), rows={"GET /": ()}), "n", "t", SAY),
        retries.draw(RetryTimeline(attempts=()), "n", "t", SAY),
        staircase.draw(RateStaircase(steps=()), "n", "t", SAY),
        calendar.draw(ChangeTimeline(dates=()), TODAY, "n", "t", SAY),
        trend.draw(PAST[:2], SAY),
        correspondence.draw(replace(FIELDS, target=()), "n", "t", SAY),
        losses.draw(Losses(rows=()), "n", "t", SAY),
        edges.draw(EdgeCases(cases=()), "n", "t", SAY),
        latency.distribution({}, (), SAY),
        latency.slowest(latency.times_of({"GET /": [1.0]}), SAY),
    ],
)
def test_a_picture_of_nothing_is_none(drawn):
    assert drawn is None


def test_the_trend_takes_earlier_runs():
    assert "trend" not in seen(pictured()).figures
    assert "trend" in seen(pictured(), PAST).figures


@pytest.mark.parametrize(
    "detail",
    [
        {},
        {"picture": "access-matrix"},
        {"picture": {"kind": "nonsense"}},
        {"picture": {"kind": "access-matrix", "principals": ["a"], "rows": {"GET /": []}}},
        {"picture": {"kind": "access-matrix", "principals": ["a"], "rows": {"GET /": ["odd"]}}},
        {"picture": {"kind": "retry-timeline", "attempts": [{}], "waits": []}},
        {"picture": {"kind": "rate-staircase", "steps": [{"per_second": "nan", "sent": 1}]}},
        {"picture": {"kind": "correspondence", "systems": ["one"]}},
        {"picture": {"kind": "edge-cases", "cases": [{"number": 1, "state": "odd"}]}},
        {"picture": {"kind": "losses", "rows": [{}]}},
        {
            "picture": {
                "kind": "change-timeline",
                "dates": [{"day": "soon", "kind": "", "says": ""}],
            }
        },
    ],
)
def test_what_cannot_be_read_as_a_picture_is_none(detail):
    assert picture_in(detail) is None


# -- what is handed over is drawn


@pytest.mark.parametrize("picture", PICTURES.values(), ids=lambda p: type(p).__name__)
def test_a_picture_is_the_same_after_it_was_recorded(picture):
    assert picture_in(shown(picture)) == picture


def test_each_picture_stands_in_the_chapter_of_its_question_with_a_table_behind_it():
    view = seen(pictured())
    for chapter in view.chapters:
        wanted = [id for id in PICTURES if id.startswith(f"{chapter.answer.question.value}.")]
        assert [f.title for f in chapter.figures] == [f"What {id} saw." for id in wanted]
    assert len(figures(view)) == len(PICTURES)
    for figure in (*figures(view), view.figures["distribution"], view.figures["slowest"]):
        assert figure.table.rows
        assert {len(row) for row in figure.table.rows} == {len(figure.table.heads)}


def test_the_figures_of_a_picture_are_in_its_table():
    matrix = access.draw(MATRIX, "n", "t", SAY)
    assert (matrix.table.rows[1][:3]) == (
        "POST /orders",
        "allowed, as it should be",
        "let in, and should not be",
    )
    assert "2 are not as they should be" in matrix.says
    stairs = staircase.draw(STAIRS, "n", "t", SAY)
    assert ("9", "27", "3") in stairs.table.rows
    assert "up to 8 requests a second" in stairs.says
    assert "The document says 10." in stairs.says
    dates = calendar.draw(DATES, TODAY, "n", "t", SAY)
    assert [row[0] for row in dates.table.rows] == ["2026-03-01", "2026-11-02", "2027-06-30"]
    assert "3 dates are announced; 1 still to come." in dates.says
    assert retries.draw(RETRIES, "n", "t", SAY).table.rows[2][-2:] == ("no", "x2")
    fields = correspondence.draw(FIELDS, "n", "t", SAY)
    assert (
        "3 rules, of them cannot be right: 0, undecided: 1, with a loss by design: 1."
        in fields.says
    )
    assert ("Status", "status", "table status", "loses something by design", "", "") in (
        fields.table.rows
    )
    # What no rule has is in the table, too.
    assert ("", "note", "", "nobody has decided", "", "") in fields.table.rows
    assert "1 still wants somebody's word" in losses.draw(LOSSES, "n", "t", SAY).says
    assert edges.draw(EDGES, "n", "t", SAY).table.rows[2][2:] == (
        "does not apply",
        "",
        "it needs text",
    )


def test_a_word_stands_beside_every_tone_of_a_picture():
    for figure in figures(seen(pictured())):
        tones = {s.tone for s in figure.drawing.shapes if isinstance(s, Box | Dot)}
        stamps = {s.status for s in figure.drawing.shapes if isinstance(s, Stamp)}
        assert tones | stamps <= {tone for tone, _ in figure.key}


def reach(shape):
    """The corners of a shape (a label's as wide as its letters are at the most)."""
    if isinstance(shape, Label):
        return [(shape.x, shape.y)]
    if isinstance(shape, Box):
        return [(shape.x, shape.y), (shape.x + shape.width, shape.y + shape.height)]
    if isinstance(shape, Stroke):
        return [(shape.x1, shape.y1), (shape.x2, shape.y2)]
    return list(shape.points) if isinstance(shape, Curve) else [(shape.x, shape.y)]


def test_nothing_is_painted_off_the_plane():
    view = seen(pictured(), PAST)
    for figure in (*figures(view), *view.figures.values()):
        plane = figure.drawing
        for shape in plane.shapes:
            for x, y in reach(shape):
                assert -1 <= x <= plane.width + 1, (figure.name, shape)
                assert -1 <= y <= plane.height + 1, (figure.name, shape)


def test_what_the_document_and_the_answers_announce_is_drawn():
    old = {
        "deprecated": True,
        "x-sunset": "2027-06-30",
        "responses": {"200": {"description": "A."}},
    }
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Old", "version": "1"},
        "paths": {"/old": {"get": old}},
    }
    answer = exchange(1)
    headers = (("Sunset", "Sat, 01 Jan 2028 00:00:00 GMT"), ("Deprecation", "@1764547200"))
    told = replace(answer, response=replace(answer.response, headers=headers))
    made = run(
        [outcome("change.version-explicit", requests=0)],
        exchanges=[told],
        promised=from_mapping(document, location="old.yaml"),
    )
    (figure,) = figures(seen(made))
    assert [row[:2] for row in figure.table.rows] == [
        ("2025-12-01", "deprecated from"),
        ("2027-06-30", "ends"),
        ("2028-01-01", "ends"),
    ]


def test_what_ends_on_one_day_is_one_row_and_all_of_it_stands_in_the_table():
    dates = tuple(Dated(day="2027-06-30", kind="sunset", says=f"GET /{n}") for n in range(3))
    figure = calendar.draw(ChangeTimeline(dates=dates), TODAY, "n", "t", SAY)
    labels = [shape.text for shape in figure.drawing.shapes if isinstance(shape, Label)]
    assert labels == ["the run", "2027-06-30", "ends: GET /0 +2"]
    assert len(figure.table.rows) == 3


def test_many_operations_are_drawn_in_groups_and_few_by_themselves():
    few = seen(
        run(
            [
                outcome("contract.a"),
                outcome("contract.b", Status.FAIL, Finding(says="No.", signature="n")),
            ]
        )
    )
    labels = [s.text for s in few.figures["coverage"].drawing.shapes if isinstance(s, Label)]
    assert "GET /orders" in labels
    stamps = [s.status for s in few.figures["coverage"].drawing.shapes if isinstance(s, Stamp)]
    assert sorted(stamps) == ["fail", "pass"]


def test_a_group_passes_only_where_all_of_it_was_tested():
    large = contract(60)
    keys = [operation.key for operation in large.operations]
    outcomes = [outcome("contract.a", subject=key) for key in keys]
    outcomes[50] = outcome("contract.a", Status.NOT_TESTED, subject=keys[50])
    view = seen(run(outcomes, promised=large))
    shapes = view.figures["coverage"].drawing.shapes
    labels = [shape.text for shape in shapes if isinstance(shape, Label)]
    assert labels == ["a", "/orders (3)", "/more (57)"]
    stamps = [shape.status for shape in shapes if isinstance(shape, Stamp)]
    assert stamps == ["pass", "pass in part"]


# -- scales


@given(st.floats(0.0001, 10**7))
def test_a_linear_scale_holds_its_longest_with_few_round_ticks(most):
    scale = linear(most, 300)
    assert scale.most >= most * (1 - 1e-9)
    assert 3 <= len(scale.ticks) <= 6
    assert 0 <= scale.at(most) <= scale.width


@given(st.floats(0.01, 10**6), st.floats(1, 10**4))
def test_a_scale_of_ratios_holds_both_ends(least, times):
    scale = logarithmic(least, least * times, 300)
    assert scale.least <= least * 1.001
    assert scale.most >= least * times * 0.999
    assert 2 <= len(scale.ticks) <= 14
    assert 0 <= scale.at(least) <= scale.at(least * times) <= 300
