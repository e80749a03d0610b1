"""What is worked out of an operation is kept for that one, and for no other."""

from verifier.model import Kept, Operation, Pointer, keeping


def operation(path="/a"):
    return Operation(key=f"GET {path}", id="", method="GET", path=path, at=Pointer())


def test_it_is_made_once_for_an_operation_and_anew_for_its_twin():
    made = []
    kept = Kept(lambda one: made.append(one) or len(made))
    first, twin = operation(), operation()
    assert first == twin
    assert [kept.of(first), kept.of(first), kept.of(twin), kept.of(first)] == [1, 1, 2, 1]


def test_no_operation_gets_what_was_made_for_one_that_is_gone():
    kept = Kept(lambda one: one.path)
    assert all(kept.of(operation(f"/{count}")) == f"/{count}" for count in range(100))


def test_it_does_not_grow_without_end(monkeypatch):
    monkeypatch.setattr(keeping, "MOST", 3)
    made = []
    kept = Kept(made.append)
    operations = [operation() for _ in range(4)]
    for one in (*operations, operations[0]):
        kept.of(one)
    assert len(made) == 5
