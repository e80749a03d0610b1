"""What YAML became is kept, and never believed when it is damaged."""

import os

import orjson
import pytest

from tests.loading.documents import SMALL, write
from verifier.loading import cache, load
from verifier.loading.sheet import read_sheet

LONG = SMALL + "x-long:\n" + "".join(f"  key{index}: {index}\n" for index in range(8000))


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """A cache of the test's own."""
    monkeypatch.setenv("VERIFIER_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache" / "parsed"


def files(folder):
    return sorted(folder.glob("*")) if folder.is_dir() else []


def test_the_second_load_reads_what_the_first_kept(tmp_path, kept, monkeypatch):
    path = write(tmp_path, LONG)
    first = load(path)
    assert len(files(kept)) == 1
    monkeypatch.setattr("verifier.loading.yaml_text.read_yaml", None)
    second = load(path)
    assert second.document.root == first.document.root
    assert second.document.place(second.operations[0].at).line == 5


def test_a_changed_text_is_read_anew(tmp_path, kept):
    load(write(tmp_path, LONG))
    changed = load(write(tmp_path, LONG.replace("Orders", "Bills")))
    assert changed.title == "Bills"
    assert len(files(kept)) == 2


@pytest.mark.parametrize("damage", ["cut", "flip", "empty", "other"])
def test_what_is_damaged_is_not_believed(tmp_path, kept, damage):
    path = write(tmp_path, LONG)
    root = load(path).document.root
    (file,) = files(kept)
    raw = file.read_bytes()
    file.write_bytes(
        {
            "cut": raw[:-100],
            "flip": raw.replace(b"Orders", b"Qrders"),
            "empty": b"",
            "other": b'{"openapi": "3.0.3"}',
        }[damage]
    )
    assert load(path).document.root == root
    assert files(kept)[0].read_bytes() == raw


@pytest.mark.parametrize(
    "extra",
    ["x: .inf\n", "x: .NaN\n", "x: 123456789012345678901234567890\n", "x: {a: 1, a: 2}\n"],
)
def test_what_json_cannot_hold_exactly_is_not_kept(tmp_path, kept, extra):
    raw = (LONG + extra).encode()
    first, second = read_sheet(raw, "x"), read_sheet(raw, "x")
    assert files(kept) == []
    assert repr(first.root) == repr(second.root)
    assert first.duplicates == second.duplicates


def test_small_documents_and_json_are_not_kept(tmp_path, kept):
    load(write(tmp_path))
    load(write(tmp_path, orjson.dumps(load(write(tmp_path, SMALL)).document.root), "a.json"))
    assert files(kept) == []


@pytest.mark.parametrize("value", ["", "off", "0", "OFF"])
def test_it_can_be_switched_off(monkeypatch, value):
    monkeypatch.setenv("VERIFIER_CACHE", value)
    assert cache.folder() is None


def test_it_stands_in_the_users_cache_by_default(monkeypatch, tmp_path):
    monkeypatch.delenv("VERIFIER_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache.folder() == tmp_path / "verifier" / "parsed"


def test_a_folder_that_cannot_be_written_costs_time_only(tmp_path, monkeypatch):
    blocked = write(tmp_path, "a file where the folder should be", "blocked")
    monkeypatch.setenv("VERIFIER_CACHE", str(blocked))
    assert load(write(tmp_path, LONG)).title == "Orders"


def test_it_does_not_grow_for_ever_and_the_oldest_goes_first(kept, monkeypatch):
    monkeypatch.setattr(cache, "LARGEST_CACHE_BYTES", 3000)
    for number in range(5):
        cache.keep(f"{number:064}", cache.SMALLEST_KEPT_BYTES, b"[" + b"1," * 400 + b"1]")
        for age, file in enumerate(reversed(files(kept))):
            os.utime(file, (1_000_000 - age, 1_000_000 - age))
    assert [file.name[63] for file in files(kept)] == ["2", "3", "4"]
