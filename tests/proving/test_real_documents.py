"""A mock that keeps the word of a real vendor's document is accused of what that explains alone."""

import pytest

from tests.places import needs_corpus
from tests.proving.documents import QUICK, allowed, reported

pytestmark = [pytest.mark.corpus, needs_corpus]


@pytest.mark.parametrize("document", QUICK)
def test_a_sound_vendor_is_accused_of_what_its_document_explains_alone(document):
    assert reported(document) == (allowed(document), [])
