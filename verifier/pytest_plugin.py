"""
The pytest plugin: checks, scenarios and episodes as items, and a mock vendor as a fixture.

Until one of them is used it imports nothing of ours, so that it costs other people's tests nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from verifier.mocking import Mock
    from verifier.model import Profile, Vendor

__all__ = ["integration", "mock_vendor", "vendor"]

PROFILES = ("vendor.yaml", "vendor.yml")
SCENARIOS = (".arazzo.yaml", ".arazzo.yml", ".arazzo.json")
INTEGRATIONS = (".integration.yaml", ".integration.yml")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Options of a group of their own."""
    group = parser.getgroup("verifier", "contract tests of a vendor's API")
    group.addoption("--vendor", metavar="DOC", help="The vendor of the fixtures.")
    group.addoption("--vendor-url", metavar="URL", default="", help="Where the API answers.")
    group.addoption(
        "--vendor-mock", action="store_true", help="Ask a mock, whatever vendor.yaml says."
    )
    group.addoption(
        "--vendor-misbehave", metavar="NAME,...", default="", help="Defects of the mock."
    )
    group.addoption(
        "--vendor-budget", metavar="N", type=int, default=None, help="The most requests to send."
    )
    group.addoption(
        "--vendor-allow-writes", action="store_true", help="Create things; they are removed."
    )
    parser.addini("vendor", "The vendor of the fixtures: a document, vendor.yaml, or a folder.")
    parser.addini(
        "vendor_collect",
        "Collect scenarios and integrations wherever pytest comes by, not only where named.",
        type="bool",
        default=False,
    )


def pytest_configure(config: pytest.Config) -> None:
    """Describe the mark."""
    config.addinivalue_line(
        "markers",
        "mock_vendor(document=None, **options): the vendor of this test's mock_vendor, and what "
        "verifier.mock takes: misbehave=[...], seed=7, strict=False",
    )


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """
    A vendor.yaml, a scenario or an integration that was named on the command line.

    What only lies about is left alone: to collect it may lead to requests that nobody asked for.
    """
    kind = _kind(file_path.name)
    config = parent.config
    if not kind:
        return None
    anywhere = kind != "VendorFile" and config.getini("vendor_collect")
    if not anywhere and not _is_named(file_path, config):
        return None
    from verifier import pytest_items

    made: pytest.Collector = getattr(pytest_items, kind).from_parent(parent, path=file_path)
    return made


def _kind(name: str) -> str:
    """Which of our collectors reads a file of this name; empty where none does."""
    if name in PROFILES:
        return "VendorFile"
    if name.endswith(SCENARIOS):
        return "ScenarioFile"
    return "IntegrationFile" if name.endswith(INTEGRATIONS) else ""


def _is_named(path: Path, config: pytest.Config) -> bool:
    start = config.invocation_params.dir
    named = {(start / argument.partition("::")[0]).resolve() for argument in config.args}
    return path.resolve() in named


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say where the reports are."""
    written = {
        value
        for reports in terminalreporter.stats.values()
        for report in reports
        for name, value in getattr(report, "user_properties", ())
        if name == "verifier_report"
    }
    for path in sorted(written):
        terminalreporter.write_line(f"verifier: {path}")


@pytest.fixture(scope="session")
def vendor(pytestconfig: pytest.Config) -> Vendor:
    """The vendor of ``--vendor``, or of ``vendor`` in the configuration."""
    from verifier import loading

    return loading.load_vendor(_document(pytestconfig))


@pytest.fixture
def mock_vendor(request: pytest.FixtureRequest) -> Iterator[Mock]:
    """
    A vendor made from its document, fresh for each test, which fails on request.

        def test_a_client_tries_again(mock_vendor):
            mock_vendor.fail("createInvoice", times=2, status=503)
            my_client(mock_vendor.url).bill(...)
            assert len(mock_vendor.ledger.effects("createInvoice")) == 1

    ``mock_vendor.transport()`` is for ``httpx.Client(transport=...)``, without a socket. A fault
    that was scripted and never took hold fails the test.
    """
    import verifier
    from verifier.errors import VerifierError

    mark = request.node.get_closest_marker("mock_vendor")
    options = dict(mark.kwargs) if mark else {}
    where = mark.args[0] if mark and mark.args else options.pop("document", None)
    wrong = ""
    where = where or _document(request.config)
    try:
        with verifier.mock(_contract(where), **options) as mock:
            yield mock
    except VerifierError as error:
        wrong = str(error)
    if wrong:
        # What is to be mended stands in these words, and not in lines of ours.
        pytest.fail(wrong, pytrace=False)


@pytest.fixture
def integration() -> Callable[..., Profile]:
    """
    Rehearses an integration: plays a vendor that fails in every way to it.

        def test_our_sync_survives(integration):
            assert not integration("scenarios/acme/sync.integration.yaml").broken
    """
    from verifier import rehearsing

    def rehearse(file: str | Path, *, only: tuple[str, ...] = (), seed: int = 0) -> Profile:
        read = rehearsing.read_integration(Path(file))
        return rehearsing.rehearse(read, only=only, seed=seed).profile

    return rehearse


def _document(config: pytest.Config) -> str:
    chosen: str = config.getoption("--vendor") or ""
    if chosen:
        return chosen
    named: str = config.getini("vendor")
    if named:
        return named if "://" in named else str(config.rootpath / named)
    pytest.fail(
        "no vendor is named: give --vendor DOC, or put 'vendor = \"specs/acme\"' into the "
        'configuration of pytest, or mark the test: @pytest.mark.mock_vendor("specs/acme")',
        pytrace=False,
    )


_CONTRACTS: dict[str, Any] = {}


def _contract(where: Any) -> Any:
    """A document is read once in a session."""
    if not isinstance(where, (str, Path)):
        return where
    if str(where) not in _CONTRACTS:
        import verifier

        _CONTRACTS[str(where)] = verifier.load(where)
    return _CONTRACTS[str(where)]
