"""The packed list of exchanges: everything is in it, and it keeps within its ceiling."""

import base64
import hashlib
import time
import zlib

import orjson
import pytest
from msgspec.structs import replace

from tests.reporting.sample_run import exchange
from verifier.catalogue import catalogue
from verifier.model import Failure, FailureKind
from verifier.reporting.listing import MOST_LISTED, reader
from verifier.reporting.listing import packed as packed_rows

ROW = reader(catalogue("verifier.reporting"))


def packed(exchanges):
    return packed_rows([ROW(one) for one in exchanges])


def unpacked(text):
    table = orjson.loads(zlib.decompress(base64.b64decode(text)))
    return table["texts"], table["columns"]


def test_nothing_is_packed_where_there_is_nothing():
    assert packed(()) == ""


def test_every_exchange_is_in_it_in_order():
    texts, columns = unpacked(packed([exchange(n) for n in range(1, 40)]))
    assert columns[0] == [f"x{n}" for n in range(1, 40)]
    assert {len(column) for column in columns} == {39}
    assert texts[columns[1][2]] == "POST"
    assert columns[2][0] == "/orders?page=1"
    assert '"name":"name 1"' in columns[10][0]


def test_what_got_no_answer_says_why():
    failed = Failure(kind=FailureKind.TIMEOUT, says="no byte within 30 seconds", phase="wait")
    _, columns = unpacked(packed([exchange(1, response=None, failure=failed)]))
    assert (columns[5], columns[10]) == ([0], ["no byte within 30 seconds"])


def test_a_text_that_repeats_is_held_once():
    texts, _ = unpacked(packed([exchange(n) for n in range(500)]))
    assert len(texts) < 10


@pytest.mark.parametrize(("count", "ceiling"), [(1_000, 1_000_000), (4_000, 4_400_000)])
def test_bodies_that_do_not_compress_are_cut_to_keep_within_the_ceiling(count, ceiling):
    noise = [hashlib.shake_256(n.to_bytes(2)).hexdigest(3_000) for n in range(count)]
    assert len(packed([exchange(n, noise[n]) for n in range(count)])) <= ceiling


def test_beyond_ten_thousand_only_the_first_are_listed():
    one = exchange(1)
    _, columns = unpacked(packed([replace(one, id=f"x{n}") for n in range(MOST_LISTED + 5)]))
    assert len(columns[0]) == MOST_LISTED


def test_ten_thousand_are_packed_in_a_fraction_of_a_second_and_half_of_five_megabytes():
    many = [exchange(n) for n in range(10_000)]
    started = time.process_time()
    text = packed(many)
    assert time.process_time() - started < 1.5
    assert len(text) < 2_500_000
