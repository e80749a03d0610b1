"""A web page comes instead of an answer, and nothing is done.

Imitates a gateway's error page, a maintenance page, or the login page of a hotel's network; the
latter two with 200.
"""

from __future__ import annotations

from dataclasses import dataclass

from verifier.mocking.fault import Play, bounded
from verifier.wire import Answer
from verifier.wire.rendering import reason

__all__ = ["Options", "before"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """
    How it comes.

    Args:
        status: Of the answer.
    """

    status: int = bounded(502, least=200, most=599)


def before(play: Play) -> Answer:
    """Show a page."""
    status = play.options.status
    title = "Down for maintenance"
    if status >= 400:
        title = f"{status} {reason(status)}".strip()
    page = (
        f"<!DOCTYPE html>\n<html><head><title>{title}</title></head><body>{title}</body></html>\n"
    )
    headers = (("Content-Type", "text/html; charset=utf-8"),)
    return Answer(status=status, headers=headers, body=page.encode())
