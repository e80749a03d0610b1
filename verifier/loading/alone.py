"""One file that stands by itself: no OpenAPI document, and nothing is followed from it."""

from __future__ import annotations

from pathlib import Path

from verifier.errors import ConfigError, DocumentError
from verifier.loading.fetching import fetch, is_address, without_credentials
from verifier.loading.sheet import Sheet, read_sheet
from verifier.loading.shelves import file_bytes

__all__ = ["open_file"]


def open_file(where: str | Path, what: str, *, beginning: str, elsewhere: bool = False) -> Sheet:
    """
    A file with the place of everything in it; a key that stands twice is refused.

    Args:
        where: Path or web address.
        what: What messages call it: ``The overlay``.
        beginning: What an empty one could begin with: ``overlay: 1.0.0``.
        elsewhere: Whether an address may redirect to another host.

    Raises:
        ConfigError: It cannot be read at all.
    """
    text = str(where)
    try:
        if is_address(text):
            raw, _ = fetch(text, elsewhere=elsewhere)
            text = without_credentials(text)
        else:
            raw = file_bytes(Path(text))
        if not raw.strip():
            mend = f"'{beginning}' is a beginning."
            raise DocumentError("The file is empty", where=text, mend=mend)
        return read_sheet(raw, text, strict=True)
    except DocumentError as error:
        raise ConfigError(f"{what}: {error.says}", where=error.where, mend=error.mend) from None
