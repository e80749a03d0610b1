"""Pages for people, where a document promises data: they say nothing about the API behind them."""

from __future__ import annotations

from verifier.model import Exchange, Operation

__all__ = ["is_web_page"]


def is_web_page(operation: Operation, exchange: Exchange) -> bool:
    """Whether a success is HTML, and the operation documents none: a front door, a login, a CDN."""
    response = exchange.response
    if response is None or not exchange.succeeded or "html" not in response.media_type:
        return False
    media = [one.type for spec in operation.responses for one in spec.media]
    return bool(media) and not any("html" in type or type == "*/*" for type in media)
