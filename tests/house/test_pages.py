"""Whoever writes a page says where in the story it stands."""

import pytest

from tests.places import ROOT

DOCS = ROOT / "docs"
PAGES = [
    path.relative_to(DOCS).with_suffix("").as_posix()
    for folder in ("guides", "concepts", "reference")
    for path in sorted((DOCS / folder).glob("*.md"))
]


@pytest.mark.parametrize("page", PAGES)
def test_every_page_has_its_place_on_the_index(page):
    assert page in (DOCS / "index.md").read_text().splitlines()
