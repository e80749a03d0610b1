"""What the document says of a request and of its answer."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from verifier.encoding import DecodeError, Decoder, Router
from verifier.model import Contract, Operation, Response
from verifier.validating import judge_request, judge_response
from verifier.wire import Incoming

__all__ = ["Judge", "Opinion"]

MOST_VIOLATIONS = 5
LARGEST_BODY_BYTES = 4 * 1024 * 1024


class Opinion(Struct, frozen=True, kw_only=True):
    """
    One exchange against the document.

    Args:
        operation: None where the document knows of nothing there.
        request, answer: In which each is not what the document says, a sentence each.
    """

    operation: Operation | None
    request: tuple[str, ...] = ()
    answer: tuple[str, ...] = ()

    @property
    def good(self) -> bool:
        """Whether both are what the document says."""
        return not (self.request or self.answer)


class Judge:
    """Holds exchanges against a contract."""

    def __init__(self, contract: Contract) -> None:
        self._router = Router(contract.operations)

    def judge(self, incoming: Incoming, response: Response | None) -> Opinion:
        """The opinion; a response is judged with its body decoded."""
        path, _, query = incoming.target.partition("?")
        route = self._router.find("GET" if incoming.method == "HEAD" else incoming.method, path)
        if route is None or route.operation is None:
            return Opinion(operation=None, request=("the document has no such operation",))
        operation = route.operation
        try:
            draft = Decoder.of(operation).read(route.path, query, incoming.headers, incoming.body)
            asked = tuple(
                f"{v.part} {v.path} {v.says}".replace("  ", " ")
                for v in judge_request(operation, draft)[:MOST_VIOLATIONS]
            )
        except DecodeError as error:
            asked = (error.says,)
        told = () if response is None else tuple(_wrong(operation, incoming, response))
        return Opinion(operation=operation, request=asked, answer=told)


def _wrong(operation: Operation, incoming: Incoming, response: Response) -> Iterator[str]:
    if operation.response(response.status) is None:
        yield f"status {response.status} is not documented"
        return
    if len(response.body) > LARGEST_BODY_BYTES:
        return  # it would hold up everything behind it
    reading = judge_response(operation, response)
    bodiless = incoming.method == "HEAD"
    if not reading.media_ok and not bodiless:
        yield f"the content type {response.header('content-type') or 'none'} is not documented"
    if reading.parse_error and not bodiless:
        yield reading.parse_error
    for violation in reading.violations[:MOST_VIOLATIONS]:
        yield f"body {violation.path} {violation.says}".replace("  ", " ")
    for violation in reading.header_violations[:MOST_VIOLATIONS]:
        yield f"header {violation.path} {violation.says}"
