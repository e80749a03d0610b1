"""The documents of real vendors that ``make test`` has no time for: see tests/proving."""

import pytest

from tests.places import needs_corpus
from tests.proving.documents import OTHERS, allowed, reported

pytestmark = [pytest.mark.live, needs_corpus]


@pytest.mark.parametrize("document", OTHERS)
def test_a_sound_vendor_is_accused_of_what_its_document_explains_alone(document):
    assert reported(document) == (allowed(document), [])
