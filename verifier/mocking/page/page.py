"""Serves the page: one file, no script, nothing from elsewhere, every text escaped."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from verifier.mocking.mock import Mock
from verifier.mocking.told import Told
from verifier.wire import Answer, Incoming

if TYPE_CHECKING:
    from verifier.model import Redactor  # start-up time: what a run is comes with it

__all__ = ["Page"]

OWN = "/__verifier__/"
PLACES = frozenset((OWN, OWN.rstrip("/"), "/"))
LIVE_SECONDS = 2


class Page:
    """
    Answers a browser that asks for the page: always below ``/__verifier__/``, and at ``/`` where
    the document offers nothing there.
    """

    def __init__(self, mock: Mock, redactor: Redactor) -> None:
        self._mock = mock
        self._redactor = redactor

    def answer(self, incoming: Incoming) -> Answer | None:
        """The page; None where something else was asked for."""
        path, _, query = incoming.target.partition("?")
        if path not in PLACES or incoming.method not in ("GET", "HEAD"):
            return None
        if path == "/" and not self._is_here(incoming):
            return None
        live = query == "live"
        told = Told(self._mock.contract, self._redactor)
        style = _style()
        from verifier.mocking.page.view import view_of  # start-up time

        html = _template().render(view=view_of(self._mock, told), live=live, style=style, here=path)
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        headers: tuple[tuple[str, str], ...] = (
            ("Content-Type", "text/html; charset=utf-8"),
            (
                "Content-Security-Policy",
                f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; "
                "form-action 'none'; frame-ancestors 'none'",
            ),
            ("X-Content-Type-Options", "nosniff"),
            ("Referrer-Policy", "no-referrer"),
            ("Cache-Control", "no-store"),
        )
        if live:
            headers += (("Refresh", str(LIVE_SECONDS)),)
        return Answer(status=200, headers=headers, body=html.encode())

    def _is_here(self, incoming: Incoming) -> bool:
        """Whether a browser asks for ``/``, where the document offers nothing."""
        if "text/html" not in (incoming.header("accept") or ""):
            return False
        return not any(operation.path == "/" for operation in self._mock.contract.operations)


@cache
def _style() -> str:
    return _read("page.css")


@cache
def _template() -> Any:
    from jinja2 import Environment, StrictUndefined  # start-up time

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(_read("page.html"))


def _read(name: str) -> str:
    return files("verifier.mocking.page").joinpath(name).read_text("utf-8")
