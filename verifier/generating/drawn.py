"""Hypothesis made to draw the same in every process, and to leave nothing in the user's folder."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import hypothesis
from hypothesis import HealthCheck, Phase, Verbosity, configuration, settings
from hypothesis.internal.conjecture.providers import AVAILABLE_PROVIDERS, HypothesisProvider

__all__ = ["draw"]

BACKEND = "verifier"
HOME = "__hypothesis_home_directory"
STORAGE = "HYPOTHESIS_STORAGE_DIRECTORY"


class _Enough(BaseException):
    """No more is wanted: hypothesis lets through what is no ``Exception``."""


class Provider(HypothesisProvider):
    """Draws without the constants of whatever modules happen to be imported."""

    def _maybe_draw_constant(self, *given: Any, **more: Any) -> None:
        return None


def draw(strategy: Any, count: int, seed: int, keep: Callable[[Any], bool]) -> None:
    """
    Hand up to ``count`` values of a strategy to ``keep``, as long as that says that it wants more.

    Same seed, same values.

    Raises:
        Exception: Whatever the strategy raises.
    """
    AVAILABLE_PROVIDERS.setdefault(BACKEND, f"{__name__}.{Provider.__name__}")

    @hypothesis.seed(seed)
    @settings(
        backend=BACKEND,
        max_examples=count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        verbosity=Verbosity.quiet,
    )
    @hypothesis.given(strategy)
    def collect(value: Any) -> None:
        if not keep(value):
            raise _Enough

    with _elsewhere(), suppress(_Enough):
        collect()


@contextmanager
def _elsewhere() -> Iterator[None]:
    """Hypothesis keeps its tables of characters; not in the working directory, unless told so."""
    before = getattr(configuration, HOME, None)
    if before is None and STORAGE not in os.environ:
        home = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
        configuration.set_hypothesis_home_dir(Path(home) / "verifier" / "hypothesis")
    try:
        yield
    finally:
        configuration.set_hypothesis_home_dir(before)
