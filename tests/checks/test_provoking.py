"""An id that nobody gave out is another one, of the same form."""

import pytest

from verifier.checks.provoking import stranger_to


@pytest.mark.parametrize(
    "known",
    [
        "gHzhBRPu",
        "cus_Nffrfeu",
        "it_000001",
        "d509dd5d-3ae4-44d6",
        "D509DD5D",
        "42",
        42,
        "a",
        "Z",
        "--",
        "~",
        "x_",
    ],
)
def test_a_stranger_is_never_the_one_that_is_known(known):
    stranger = stranger_to(known)
    assert stranger != known
    assert type(stranger) is type(known)


def test_what_is_hexadecimal_stays_so_and_a_prefix_stays_as_it_is():
    assert int(stranger_to("d509dd5d3ae4"), 16)
    assert int(stranger_to("D509DD5D3AE4"), 16)
    assert stranger_to("cus_Nffrfeu").startswith("cus_")
