"""A workspace for a vendor: what is written down at the beginning, and never over anything."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from verifier import loading
from verifier.errors import ConfigError, UsageError
from verifier.model import Contract
from verifier.runs import papers, samples
from verifier.starting.jobs import JOBS

__all__ = ["KINDS", "Wish", "begin", "fitted", "opened"]

NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,59}")
VARIABLE = re.compile(r"[A-Z_][A-Z0-9_]{0,99}")
KINDS = {"bearer": ("token",), "api-key": ("key",), "basic": ("username", "password"), "none": ()}


class Wish(Struct, frozen=True, kw_only=True):
    """
    What is to be begun.

    Args:
        contract: What the document says.
        document: File or address that it was read from; empty for the sample vendor.
        name: Of the vendor's folder under ``specs``.
        base_url: Where the sandbox answers; empty where nobody knows yet.
        kind: How it shows who it is: ``bearer``, ``api-key``, ``basic`` or ``none``.
        secret: Name of the environment variable that holds the secret.
        production: Whether that address is production, which is only read.
        allow_writes: Whether things may be created there.
        ci: ``github``, ``gitlab`` or ``none``.
    """

    contract: Contract
    document: str
    name: str
    base_url: str = ""
    kind: str = "none"
    secret: str = ""
    production: bool = False
    allow_writes: bool = False
    ci: str = "none"


def opened(document: str) -> Wish:
    """
    The wish to begin with a document, and the name that goes with it.

    Args:
        document: File, folder or address; empty takes the sample vendor, to look around.

    Raises:
        DocumentError: It cannot be read.
    """
    if not document:
        sample = loading.load(samples.vendor() / "openapi.yaml")
        return Wish(contract=sample, document="", name="sample")
    contract = loading.load(document)
    return Wish(contract=contract, document=document, name=loading.vendor_name(contract.title))


def fitted(wish: Wish, root: Path) -> Wish:
    """
    The same wish, once it is sure that it can be fulfilled below a folder.

    Raises:
        UsageError: The wish cannot be.
        ConfigError: A file stands in the way.
    """
    if not NAME.fullmatch(wish.name):
        raise UsageError(
            f"'{wish.name}' is no name of a folder", mend="Use small letters, digits, '-' and '_'."
        )
    loading.parse_address(wish.base_url)
    if wish.kind != "none" and not VARIABLE.fullmatch(wish.secret):
        raise UsageError(
            "the secret is named by an environment variable, and never typed",
            mend="Give its name in capitals: ACME_TOKEN.",
        )
    standing = [name for name, data in _planned(wish) if _another(root / name, data)]
    if standing:
        raise ConfigError(
            f"'{standing[0]}' stands there already, and nothing was written",
            where=str(root),
            mend="Take another name, or begin in another folder.",
        )
    return wish


def begin(wish: Wish, root: Path) -> list[Path]:
    """
    Write the workspace of a vendor below a folder.

    Returns:
        The files that were written.

    Raises:
        UsageError: The wish cannot be.
        ConfigError: A file stands in the way; nothing was written.
    """
    planned = _planned(fitted(wish, root))
    missing = [(root / name, data) for name, data in planned if not (root / name).exists()]
    return [*(_write(path, data) for path, data in missing), *_ignored(root / ".gitignore")]


def _another(path: Path, data: bytes) -> bool:
    """Whether something else stands where a file is to be; what stands there already may stay."""
    return path.exists() and not (path.is_file() and path.read_bytes() == data)


def _planned(wish: Wish) -> Iterator[tuple[str, bytes]]:
    """Name to content of everything that is written."""
    home = f"specs/{wish.name}"
    copied = {} if "://" in wish.document else _copied(wish.contract)
    yield from ((f"{home}/{name}", data) for name, data in copied.items())
    document = next(iter(copied), wish.document)
    yield f"{home}/vendor.yaml", _vendor(wish, document).encode()
    yield f"{home}/{papers.CLAIMS}", loading.blank_claims().encode()
    path, text = JOBS[wish.ci]
    if path:
        mock = "" if wish.base_url else " --mock"
        env = "".join(f"          {name}: ${{{{ secrets.{name} }}}}\n" for name in _variables(wish))
        env = f"        env:\n{env}" if env else ""
        made = text.format(name=wish.name, mock=mock, env=env)
        yield path.format(name=wish.name), made.encode()


def _copied(contract: Contract) -> dict[str, bytes]:
    """The files of a document, the first one first; several keep their places among themselves."""
    (name, data), *further = loading.own_files(contract).items()
    if not further:
        return {"openapi.json" if name.endswith(".json") else "openapi.yaml": data}
    return {f"document/{name}": data for name, data in ((name, data), *further)}


def _variables(wish: Wish) -> list[str]:
    members = KINDS[wish.kind]
    if len(members) < 2:
        return [wish.secret for _ in members]
    return [f"{wish.secret}_{member.upper()}" for member in members]


def _names_a_key(contract: Contract) -> bool:
    """Whether the document says where an API key goes."""
    return any(scheme.type == "apiKey" for scheme in contract.schemes.values())


def _vendor(wish: Wish, document: str) -> str:
    title = " ".join(wish.contract.title.split())[:100]
    lines = [
        f"# {title}. 'verifier schema vendor' describes this file.",
        f"name: {wish.name}",
        f"document: {_quoted(document)}",
        f"environment: {'production' if wish.production else 'sandbox'}",
    ]
    if wish.base_url:
        lines.append(f"base_url: {_quoted(wish.base_url)}")
    else:
        lines.append("# base_url: https://sandbox.example.com/v1   # where it answers")
    writes = wish.allow_writes and not wish.production
    lines.append(f"allow_writes: {str(writes).lower()}   # what is created is removed at the end")
    if wish.kind != "none":
        lines += ["principals:", "  me:", f"    kind: {wish.kind}"]
        pairs = zip(KINDS[wish.kind], _variables(wish), strict=True)
        lines += [f"    {member}: ${{{name}}}" for member, name in pairs]
    if wish.kind == "api-key" and not _names_a_key(wish.contract):
        lines += ["    location: header", "    parameter: X-API-Key   # its document does not say"]
    lines += ["limits:", "  requests: 1500", "  per_second: 10"]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("$", "$$") + '"'


def _write(path: Path, data: bytes) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        raise ConfigError(f"it cannot be written: {error.strerror}", where=str(path)) from error
    return path


def _ignored(path: Path) -> list[Path]:
    """Reports are for reading, not for the repository; what stands there stays."""
    known = path.read_text("utf-8") if path.is_file() else ""
    if "/reports/" in known.splitlines():
        return []
    gap = "\n" if known and not known.endswith("\n") else ""
    return [_write(path, f"{known}{gap}/reports/\n".encode())]
