"""A document from an address: bounded in time, size and redirects."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit, urlunsplit

from msgspec import Struct

from verifier.errors import DocumentError
from verifier.loading.bounds import LARGEST_DOCUMENT_BYTES
from verifier.loading.text import check_size

if TYPE_CHECKING:
    import httpx

__all__ = [
    "Fetched",
    "fetch",
    "fetch_if_changed",
    "is_address",
    "origin",
    "without_credentials",
]

ERRNO = re.compile(r"^\[Errno -?\d+\] ")
TIMEOUT_SECONDS = 20.0
WHOLE_SECONDS = 120.0
MOST_REDIRECTS = 5
ACCEPT = "application/yaml, application/json;q=0.9, */*;q=0.5"
RETRY = "Try again, or download the document and give the file."


def is_address(where: str) -> bool:
    """Whether it is a web address rather than a path."""
    return where.lower().startswith(("http://", "https://"))


def origin(url: str) -> tuple[str, str, int | None]:
    """Scheme, host and port: what a web address may not leave by itself (RFC 6454, 4)."""
    parts = urlsplit(url)
    port = parts.port or {"http": 80, "https": 443}.get(parts.scheme)
    return parts.scheme, (parts.hostname or "").lower(), port


def without_credentials(url: str) -> str:
    """The address without a user's name and password, to be shown and stored."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit((parts.scheme, host, parts.path, parts.query, ""))


def fetch(url: str, *, elsewhere: bool = False) -> tuple[bytes, str]:
    """
    The bytes behind an address, and the address that gave them.

    Args:
        elsewhere: Whether a redirect may lead to another host.

    Raises:
        DocumentError: Nothing usable came; says why and how to mend it.
    """
    found = _fetched(url, {}, elsewhere=elsewhere)
    return found.raw, found.url


def fetch_if_changed(
    url: str, validators: Mapping[str, str], *, elsewhere: bool = False
) -> Fetched | None:
    """
    The same, unless it is what was fetched before (RFC 9110, 13.1.2 and 13.1.3).

    Args:
        validators: Of the earlier answer: ``etag``, ``modified``.

    Returns:
        None where the server says that nothing changed.
    """
    headers = {
        header: validators[name]
        for name, header in (("etag", "if-none-match"), ("modified", "if-modified-since"))
        if validators.get(name)
    }
    found = _fetched(url, headers, elsewhere=elsewhere)
    return None if found.unchanged else found


class Fetched(Struct, frozen=True, kw_only=True):
    """
    An answer.

    Args:
        url: The address that gave it.
        validators: To be given back the next time.
        unchanged: Whether the server said that it is the same as before; then it has no bytes.
    """

    raw: bytes
    url: str
    validators: Mapping[str, str]
    unchanged: bool = False


def _fetched(url: str, conditions: Mapping[str, str], *, elsewhere: bool) -> Fetched:
    import httpx  # start-up time

    shown = without_credentials(url)
    deadline = time.monotonic() + WHOLE_SECONDS
    headers = {"accept": ACCEPT, **conditions}
    try:
        _check(url, shown)
        with httpx.Client(timeout=TIMEOUT_SECONDS, headers=headers) as client:
            for _ in range(MOST_REDIRECTS + 1):
                with client.stream("GET", url) as response:
                    if response.status_code == 304 and conditions:
                        return Fetched(raw=b"", url=url, validators={}, unchanged=True)
                    if not response.has_redirect_location:
                        raw = _body(response, shown, deadline)
                        return Fetched(raw=raw, url=url, validators=_validators(response))
                    url = _redirected(response, url, elsewhere=elsewhere)
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
        raise _sorry(error, shown) from None
    raise DocumentError(
        f"The address redirects more than {MOST_REDIRECTS} times",
        where=shown,
        mend="Give the address that it ends at.",
    )


def _validators(response: httpx.Response) -> dict[str, str]:
    found = {"etag": "etag", "modified": "last-modified"}
    return {
        name: response.headers[header]
        for name, header in found.items()
        if len(response.headers.get(header, "")) in range(1, 1000)
    }


def _check(url: str, shown: str) -> None:
    if not origin(url)[1]:
        raise DocumentError("The address names no host", where=shown, mend="Give a whole address.")


def _redirected(response: httpx.Response, url: str, *, elsewhere: bool) -> str:
    target = urljoin(url, response.headers["location"])
    scheme, host, _ = origin(target)
    shown = without_credentials(url)
    if scheme not in ("http", "https") or (origin(url)[0] == "https" and scheme == "http"):
        raise DocumentError(
            f"The address redirects to {without_credentials(target)}, which is not protected",
            where=shown,
            mend="Download the document and give the file.",
        )
    if host != origin(url)[1] and not elsewhere:
        raise DocumentError(
            f"The address redirects to another host, {host}",
            where=shown,
            mend=f"If you trust it, give its address: {without_credentials(target)}",
        )
    return target


def _body(response: httpx.Response, shown: str, deadline: float) -> bytes:
    if response.status_code != 200:
        raise _refused(response.status_code, shown)
    length = response.headers.get("content-length", "")
    check_size(int(length) if length.isdigit() else 0, shown)
    body = bytearray()
    for chunk in response.iter_bytes():
        body += chunk
        if len(body) > LARGEST_DOCUMENT_BYTES:
            check_size(len(body), shown)
        if time.monotonic() > deadline:
            raise DocumentError(
                f"The document had not arrived after {WHOLE_SECONDS:.0f} s", where=shown, mend=RETRY
            )
    return bytes(body)


def _refused(status: int, shown: str) -> DocumentError:
    reasons = {
        401: ("it wants a login", "Download the document and give the file."),
        403: ("it is forbidden", "Download the document and give the file."),
        404: ("nothing is there", "Check the address; the vendor may have moved the document."),
        410: ("it is gone", "Ask the vendor where the document went."),
        429: ("it is asked too often", "Wait a while, or download it and give the file."),
    }
    unknown = "the server failed" if status >= 500 else "no document came"
    reason, mend = reasons.get(status, (unknown, RETRY))
    return DocumentError(f"The server answered {status}: {reason}", where=shown, mend=mend)


def _sorry(error: Exception, shown: str) -> DocumentError:
    import httpx  # start-up time

    text = ERRNO.sub("", str(error))
    kinds: tuple[tuple[Callable[[], bool], str, str], ...] = (
        (
            lambda: isinstance(error, httpx.ConnectTimeout),
            f"The host did not answer within {TIMEOUT_SECONDS:.0f} s",
            "Check the address, your network and its proxy.",
        ),
        (
            lambda: isinstance(error, httpx.TimeoutException),
            f"The server sent nothing for {TIMEOUT_SECONDS:.0f} s",
            RETRY,
        ),
        (
            lambda: _mentions(error, "CERTIFICATE", "SSL", "TLS"),
            f"The secure connection failed: {text}",
            "Check the address and the clock; behind a proxy, set SSL_CERT_FILE.",
        ),
        (
            lambda: _mentions(error, "Name or service", "getaddrinfo", "nodename", "resolution"),
            f"The host {origin_host(shown)} is unknown",
            "Check the spelling of the address, and your network.",
        ),
        (
            lambda: isinstance(error, httpx.ConnectError),
            f"The host {origin_host(shown)} takes no connection: {text}",
            "Check the address and its port.",
        ),
    )
    for fits, says, mend in kinds:
        if fits():
            return DocumentError(says, where=shown, mend=mend)
    return DocumentError(f"The document could not be fetched: {text}", where=shown, mend=RETRY)


def origin_host(url: str) -> str:
    """The host of an address, as written."""
    return urlsplit(url).netloc.rpartition("@")[2]


def _mentions(error: BaseException | None, *words: str) -> bool:
    while error is not None:
        text = f"{type(error).__name__} {error}"
        if any(word in text for word in words):
            return True
        error = error.__cause__ or error.__context__
    return False
