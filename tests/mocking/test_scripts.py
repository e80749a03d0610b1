"""Scripts: which requests a fault takes hold of, by operation, by client and in which order."""

import pytest

import verifier
from tests.mocking.directing import NEW, SAMPLE, client_of, frozen, in_process
from verifier.errors import UsageError


@pytest.fixture(scope="module")
def contract():
    return verifier.load(SAMPLE)


def listed(mock, times, as_="full", path="/customers", **headers):
    with in_process(mock, as_) as client:
        return [client.get(path, headers=headers).status_code for _ in range(times)]


def test_without_a_script_nothing_fails(contract):
    assert listed(frozen(contract), 20) == [200] * 20


def test_first_n_then_well(contract):
    mock = frozen(contract)
    mock.fail("listCustomers", times=2)
    assert listed(mock, 4) == [503, 503, 200, 200]


def test_a_sequence_is_two_scripts_one_after_the_other(contract):
    mock = frozen(contract)
    mock.fail("listCustomers", times=2, status=503)
    mock.fail("listCustomers", "rate-limited")
    mock.fail("listCustomers", times=1, after=1, status=500)
    assert listed(mock, 6) == [503, 503, 429, 200, 500, 200]


def test_every_nth_without_end(contract):
    mock = frozen(contract)
    mock.fail("listCustomers", every=3, times=0)
    assert listed(mock, 7) == [200, 200, 503, 200, 200, 503, 200]


def test_a_window_of_the_mock_s_clock(contract):
    mock = frozen(contract)
    mock.fail("listCustomers", times=0, window=(10, 20))
    seen = listed(mock, 1)
    for _ in range(3):
        mock.advance(7)
        seen += listed(mock, 1)
    assert seen == [200, 200, 503, 200]


def test_only_the_operation_that_is_meant_by_id_key_or_pattern(contract):
    for operation in ("listCustomers", "GET /customers", "list*", "GET *"):
        mock = frozen(contract)
        mock.fail(operation)
        assert listed(mock, 1, path="/customers/none") == [503 if operation == "GET *" else 404]
        assert listed(mock, 1) == [200 if operation == "GET *" else 503]


def test_only_the_client_that_is_meant_by_token_or_header(contract):
    mock = frozen(contract)
    mock.fail("listCustomers", client="reader", times=0)
    assert listed(mock, 2) + listed(mock, 2, "reader") == [200, 200, 503, 503]
    mock = frozen(contract)
    mock.fail("listCustomers", header="X-Test: 7", times=0)
    assert listed(mock, 1) + listed(mock, 1, **{"x-test": "8"}) == [200, 200]
    assert listed(mock, 1, **{"x-test": "7"}) == [503]


def test_a_refused_request_consumes_no_script_of_an_operation_but_one_of_everything(contract):
    mock = frozen(contract)
    mock.fail("createCustomer", client="reader")
    with in_process(mock, "reader") as reader:
        assert reader.post("/customers", json=NEW).status_code == 403
    assert len(mock.unconsumed) == 1
    mock.fail("*", times=3)
    with in_process(mock, "reader") as reader:
        assert reader.post("/customers", json=NEW).status_code == 503
        assert reader.get("/nothing").status_code == 503
        assert reader.post("/health").status_code == 503
        assert reader.post("/health").status_code == 405


def test_chance_is_seeded(contract):
    def drawn(seed):
        mock = frozen(contract, seed=seed)
        mock.fail("listCustomers", times=0, probability=0.5)
        return listed(mock, 40)

    assert drawn(1) == drawn(1) != drawn(2)
    assert 5 < drawn(1).count(503) < 35


def test_the_ledger_says_which_script_was_played_and_the_answer_is_labelled(contract):
    mock = frozen(contract)
    mock.fail("listCustomers", times=2)
    with in_process(mock) as client:
        assert client.get("/customers").headers["X-Verifier-Fault"] == "status"
    assert mock.ledger[0].fault == "status"
    assert "script 1, 1 of 2" in mock.ledger[0].said("decided")[0]


def played(contract, error=None):
    with verifier.mock(contract) as mock:
        mock.fail("createOrder")
        if error is not None:
            raise error


def test_what_was_not_consumed_is_reported_at_the_end_of_the_block(contract):
    with pytest.raises(UsageError, match=r"status for createOrder \(script 1, 0 of 1\)"):
        played(contract)
    with verifier.mock(contract) as mock, client_of(mock) as client:
        mock.fail("listCustomers", times=1)
        assert client.get("/customers").status_code == 503


def test_another_error_is_not_hidden_by_an_unconsumed_script(contract):
    with pytest.raises(ZeroDivisionError):
        played(contract, ZeroDivisionError())


@pytest.mark.parametrize(
    ("given", "says", "mend"),
    [
        ({"operation": "createCustomr"}, "createCustomr", "createCustomer"),
        ({"fault": "reset-after"}, "reset-after", "reset-after-commit"),
        ({"fault": "latency", "second": 2}, "no option 'second'", "seconds"),
        ({"fault": "latency", "seconds": -1}, "cannot be -1", "from 0"),
        ({"fault": "latency", "seconds": "long"}, "cannot be 'long'", "a number"),
        ({"fault": "latency", "distribution": "odd"}, "cannot be 'odd'", "lognormal"),
        ({"fault": "hang", "seconds": 2}, "no option 'seconds'", "no options"),
        ({"times": -1}, "'times' cannot be -1", "from 0"),
        ({"every": 0}, "'every' cannot be 0", "from 1"),
        ({"window": (5, 2)}, "'window'", "the first the smaller"),
        ({"header": "X-Test"}, "'header'", "X-Test: 7"),
        ({"probability": 2}, "'probability'", "from 0 to 1"),
        ({"status": 200}, "'status'", "300"),
    ],
)
def test_a_slip_is_told_with_the_nearest_that_can_be(contract, given, says, mend):
    with pytest.raises(UsageError) as raised:
        frozen(contract).fail(**given)
    assert says in raised.value.says
    assert mend in raised.value.mend


def test_a_script_can_be_written_as_a_mapping(contract):
    mock = frozen(contract)
    written = {"operation": "listCustomers", "fault": "rate-limited", "with": {"seconds": 7}}
    mock.script({**written, "times": 2, "window": [0, None]})
    assert mock.scripts.told()[0]["with"]["seconds"] == 7
    assert listed(mock, 3) == [429, 429, 200]
    with pytest.raises(UsageError, match="has no 'tims'"):
        mock.script({**written, "tims": 2})


def test_a_reset_forgets_everything_and_answers_as_at_first(contract):
    mock = frozen(contract)
    with in_process(mock) as client:
        first = client.post("/customers", json=NEW).json()
        mock.fail("listCustomers", times=0)
        mock.reset()
        assert (len(mock.ledger), len(mock.scripts)) == (0, 0)
        assert client.get("/customers").json()["data"] == []
        assert client.post("/customers", json=NEW).json() == first
