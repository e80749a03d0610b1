"""Where tests find data that is not committed here, and the marks that skip them without it."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CORPUS = Path(os.environ.get("VERIFIER_CORPUS", ROOT.parent / "shared" / "corpus"))
SCHEMAS = Path(os.environ.get("VERIFIER_SCHEMAS", ROOT.parent / "shared" / "schemas"))

NO_CORPUS = f"no corpus of vendors' documents at {CORPUS} (VERIFIER_CORPUS)"

needs_corpus = pytest.mark.skipif(not CORPUS.is_dir(), reason=NO_CORPUS)
needs_schemas = pytest.mark.skipif(
    not SCHEMAS.is_dir(), reason=f"no official schemas at {SCHEMAS} (VERIFIER_SCHEMAS)"
)
