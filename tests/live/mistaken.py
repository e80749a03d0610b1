"""
The kinds of what Schemathesis finds at a sound mock, and how each is told from a true finding.

Each is shown from the request as it was meant, the request as it arrived, and the document; what
fits none of them is a finding about the mock. ``docs/reference/schemathesis.md`` tells of each.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

from tests.live.fuzzing import Failure
from verifier.encoding import Shape, match_path
from verifier.model import Schema

__all__ = ["KINDS", "kind_of"]

LABEL = "x-verifier-undocumented"
REFUSED_AS_INVALID = (400, 415, 422)
UNTAKEN = re.compile(
    "There is (nothing at|no op|no place) |has another value|The whole cannot be|"
    "Nothing can be put at|A pointer begins with"
)
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


def kind_of(failure: Failure) -> str:
    """The kind of a failure; empty where it is none of them."""
    return next((name for name, fits in KINDS.items() if fits(failure)), "")


def _silent(failure: Failure) -> bool:
    """Whether the document names no such status here: no number, no range, no default."""
    operation = failure.operation
    return (
        failure.code == "ST103"
        and operation is not None
        and operation.response(failure.status) is None
        and LABEL in failure.headers
    )


def no_401(failure: Failure) -> bool:
    """The document asks for a credential, and names no answer for whoever has none."""
    asked = failure.operation is not None and bool(failure.operation.security)
    return _silent(failure) and failure.status == 401 and asked


def no_404(failure: Failure) -> bool:
    """Somebody asks for an id of nothing, and the document names no answer."""
    return _silent(failure) and failure.status == 404 and "{" in failure.path


def no_refusal(failure: Failure) -> bool:
    """What is sent is invalid, and the document names no answer: not even the other of the two."""
    operation = failure.operation
    unnamed = operation is not None and not any(map(operation.response, REFUSED_AS_INVALID))
    wrong = not failure.valid or ("ST202" in failure.beside and _explained(failure))
    return _silent(failure) and failure.status in REFUSED_AS_INVALID and unnamed and wrong


def key_used_again(failure: Failure) -> bool:
    """One idempotency key for requests that differ."""
    told = re.search("idempotency.key", failure.told, re.I)
    return _refused(failure) and _carries_key(failure) and told is not None


def first_answer_again(failure: Failure) -> bool:
    """What was answered under this key before: whoever repeats a request is told so at once."""
    taken = failure.code == "ST201" and 200 <= failure.status < 300
    return taken and failure.again and _carries_key(failure)


def version_is_not_the_present_one(failure: Failure) -> bool:
    """A made-up If-Match."""
    return _refused(failure) and "if-match" in failure.sent and _code(failure) == "stale"


def reference_to_nothing(failure: Failure) -> bool:
    """A member that must be the id of something that there is."""
    named = re.search(r"there is no .+ of the id (.+?)\.?(\"|$)", failure.told)
    told = re.escape(named[1]).replace(r"\?", ".") if named is not None else ""
    meant = [*_texts(failure.meant.get("body"))]
    sent = bool(told) and any(re.fullmatch(told, one, re.DOTALL) for one in meant)
    return _refused(failure) and (_code(failure) == "unknown_reference" or sent)


def senseless_patch(failure: Failure) -> bool:
    """A step of a patch (RFC 6902) that cannot be taken."""
    body = failure.meant.get("body")
    steps = isinstance(body, list) and all(isinstance(one, dict) and "op" in one for one in body)
    return _refused(failure) and steps and UNTAKEN.search(failure.told) is not None


def twin(failure: Failure) -> bool:
    """A key of the caller's own that something else has."""
    return _refused(failure) and _code(failure) == "already_exists"


def dot_segment(failure: Failure) -> bool:
    """An id of '.' that its HTTP client takes out of the path before it sends it."""
    values = failure.meant.get("path_parameters") or {}
    gone = match_path(failure.path, urlsplit(failure.uri).path) is None
    return _refused(failure) and failure.status == 405 and gone and {".", ".."} & {*values.values()}


def empty_list_in_a_query(failure: Failure) -> bool:
    """No member of a list, written as one that is the empty text."""
    meant = failure.meant.get("query") or {}
    known = failure.operation.parameters_in("query") if failure.operation is not None else ()
    lists = [p.name for p in known if p.schema is not None and _is_list(p.schema)]
    empty = [name for name in lists if meant.get(name) in ("", [])]
    return _refused(failure) and any(f"/{name}/0" in failure.told for name in empty)


def empty_list_in_a_form(failure: Failure) -> bool:
    """A required list without members: nothing of it arrives."""
    missing = [
        name for name, value in _members(failure) if value == [] and f"'{name}'" in failure.told
    ]
    return _refused(failure) and bool(missing) and "lacks the required member" in failure.told


def text_in_a_form(failure: Failure) -> bool:
    """A null, a number or a truth value where text is due: in a form it is text."""
    meant = [_at(failure.meant.get("body"), pointer) for pointer in _pointers(failure)]
    plain = [one for one in meant if one is None or isinstance(one, (bool, int, float))]
    arrived = [one for one in plain if json.dumps(one).encode() in failure.body]
    return (
        _accepted(failure) and _is_form(failure) and "string" in failure.message and bool(arrived)
    )


def list_of_one_in_a_form(failure: Failure) -> bool:
    """A single value where a list is due: in a form it is a list of one."""
    name = failure.about.partition(":")[0]
    body = failure.meant.get("body")
    alone = isinstance(body, dict) and name in body and not isinstance(body[name], list)
    member = _member(failure, name)
    return _accepted(failure) and alone and member is not None and _is_list(member)


def other_template(failure: Failure) -> bool:
    """A method of another path of the document that this address fits as well."""
    path = urlsplit(failure.uri).path
    served = {o.method for o in failure.contract.operations if match_path(o.path, path) is not None}
    told = {one.strip() for one in failure.headers.get("allow", "").split(",")}
    return failure.code == "ST205" and told == served | ({"HEAD"} if "GET" in served else set())


def _carries_key(failure: Failure) -> bool:
    keys = failure.contract.convention("idempotency")
    name = str(keys.detail.get("name")).lower() if keys is not None else ""
    return name in failure.sent


def _explained(failure: Failure) -> bool:
    return any(fits(failure) for fits in VALID_BUT_REFUSED)


def _refused(failure: Failure) -> bool:
    return failure.code in ("ST202", "ST103") and failure.valid and 400 <= failure.status < 500


def _accepted(failure: Failure) -> bool:
    return failure.code == "ST201" and _is_form(failure)


def _is_form(failure: Failure) -> bool:
    return failure.meant.get("media_type") in FORMS


def _code(failure: Failure) -> str:
    found = re.search(r'"code":"(\w+)"', failure.told)
    return found[1] if found else ""


def _members(failure: Failure) -> Iterator[tuple[str, Any]]:
    body = failure.meant.get("body")
    yield from body.items() if _is_form(failure) and isinstance(body, dict) else ()


def _texts(body: Any) -> Iterator[str]:
    """The texts in a body, wherever they stand."""
    inner = body.values() if isinstance(body, dict) else body if isinstance(body, list) else ()
    yield from (body,) if isinstance(body, str) else ()
    for one in inner:
        yield from _texts(one)


def _pointers(failure: Failure) -> list[str]:
    return re.findall(r"at /properties/(\w+) ", failure.message)


def _at(body: Any, name: str) -> Any:
    return body.get(name, "") if isinstance(body, dict) else ""


def _member(failure: Failure, name: str) -> Schema | None:
    body = failure.operation.body if failure.operation is not None else None
    schema = body.media[0].schema if body is not None else None
    return schema.members().get(name) if schema is not None else None


def _is_list(schema: Schema) -> bool:
    return Shape.of(schema).types == {"array"}


VALID_BUT_REFUSED = (
    key_used_again,
    version_is_not_the_present_one,
    reference_to_nothing,
    senseless_patch,
    twin,
    dot_segment,
    empty_list_in_a_query,
    empty_list_in_a_form,
)
SILENCES = (no_401, no_404, no_refusal)
TAKEN_ALL_THE_SAME = (first_answer_again, text_in_a_form, list_of_one_in_a_form, other_template)
KINDS: dict[str, Callable[[Failure], Any]] = {
    fits.__name__.replace("_", " "): fits
    for fits in (*SILENCES, *VALID_BUT_REFUSED, *TAKEN_ALL_THE_SAME)
}
