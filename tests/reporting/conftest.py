"""A browser for the tests of pages, started once a module."""

import pytest

from tests.reporting.browsing import Visit, launched


@pytest.fixture(scope="module")
def browser():
    api = pytest.importorskip("playwright.sync_api", reason="there is no Playwright here")
    with api.sync_playwright() as driver:
        opened = launched(driver)
        yield opened
        opened.close()


@pytest.fixture
def visit(browser):
    visits = []

    def go(address, **options):
        visits.append(Visit(browser, address, **options))
        return visits[-1]

    yield go
    for made in visits:
        made.context.close()
