"""Small documents for the tests of loading, and a switch for the cache."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

SMALL = """\
openapi: 3.0.3
info: {title: Orders, version: '1'}
paths:
  /orders/{id}:
    get:
      operationId: readOrder
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
      responses:
        200:
          description: The order.
          content:
            application/json:
              schema: {$ref: '#/components/schemas/Order'}
components:
  schemas:
    Order:
      type: object
      properties:
        id: {type: string}
        total:
          type: integer
"""


def write(folder: Path, text: str | bytes = SMALL, name: str = "openapi.yaml") -> Path:
    """A file with that text."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


@contextmanager
def cpu_within(seconds: float) -> Iterator[None]:
    """What is done inside takes at most so much CPU time."""
    start = time.process_time()
    yield
    assert time.process_time() - start < seconds


@pytest.fixture(autouse=True)
def no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is kept between tests, nor in the home of who runs them."""
    monkeypatch.setenv("VERIFIER_CACHE", "off")
