"""A workspace for a vendor: what is written down at the beginning, and never over anything."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from verifier import loading
from verifier.errors import ConfigError, UsageError
from verifier.model import Contract
from verifier.runs import papers, samples

__all__ = ["Wish", "begin"]

NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,59}")
VARIABLE = re.compile(r"[A-Z_][A-Z0-9_]{0,99}")
KINDS = {"bearer": ("token",), "api-key": ("key",), "basic": ("username", "password"), "none": ()}
CI = {
    "github": (
        ".github/workflows/{name}.yaml",
        """\
# Stops a build only for what is new. Put the secrets into the repository's settings.
name: {name}
on: [push]
permissions: {{contents: read}}
jobs:
  vendor:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2
        with: {{persist-credentials: false}}
      - run: pipx install vendor-verifier
      - run: verifier gate specs/{name}{mock} --format html --format github --output report
{env}""",
    ),
    "gitlab": (
        ".gitlab-ci.yml",
        """\
# Stops a build only for what is new. The secrets are masked variables of the project.
{name}:
  image: python:3.13-slim
  before_script: [pip install --quiet vendor-verifier]
  script: [verifier gate specs/{name}{mock} --format html --format junit --output report]
  allow_failure: {{exit_codes: [3]}}
  artifacts: {{when: always, paths: [report/], reports: {{junit: report/junit.xml}}}}
""",
    ),
    "none": ("", ""),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """
    What is to be begun.

    Args:
        name: Of the vendor's folder under ``specs``.
        document: File or address; empty takes the sample vendor, to look around.
        base_url: Where the sandbox answers; empty where nobody knows yet.
        kind: How it shows who it is: ``bearer``, ``api-key``, ``basic`` or ``none``.
        secret: Name of the environment variable that holds the secret.
        production: Whether that address is production, which is only read.
        allow_writes: Whether things may be created there.
        ci: ``github``, ``gitlab`` or ``none``.
    """

    name: str
    document: str = ""
    base_url: str = ""
    kind: str = "none"
    secret: str = ""
    production: bool = False
    allow_writes: bool = False
    ci: str = "none"


def begin(wish: Wish, root: Path) -> list[Path]:
    """
    Write the workspace of a vendor below a folder.

    The document is read first, so that nothing is begun that cannot be gone on with.

    Returns:
        The files that were written.

    Raises:
        UsageError: The wish cannot be.
        DocumentError: The document cannot be read.
        ConfigError: A file stands in the way; nothing was written.
    """
    _possible(wish)
    planned = dict(_planned(wish))
    standing = [name for name in planned if (root / name).exists()]
    if standing:
        raise ConfigError(
            f"'{standing[0]}' stands there already, and nothing was written",
            where=str(root),
            mend="Take another --name, or begin in another folder.",
        )
    written = [_write(root / name, data) for name, data in planned.items()]
    ignore = _ignored(root / ".gitignore")
    return [*written, *ignore]


def _possible(wish: Wish) -> None:
    if not NAME.fullmatch(wish.name):
        raise UsageError(
            f"'{wish.name}' is no name of a folder", mend="Use small letters, digits, '-' and '_'."
        )
    if wish.kind != "none" and not VARIABLE.fullmatch(wish.secret):
        raise UsageError(
            "the secret is named by an environment variable, and never typed",
            mend="Give its name in capitals: --secret ACME_TOKEN.",
        )


def _planned(wish: Wish) -> Iterator[tuple[str, bytes]]:
    """Name to content of everything that is written."""
    home = f"specs/{wish.name}"
    if wish.document:
        contract = loading.load(wish.document)
        source = Path(wish.document)
        if "://" not in wish.document and source.is_file():
            name = "openapi.json" if source.suffix == ".json" else "openapi.yaml"
            yield f"{home}/{name}", source.read_bytes()
            shown = name
        else:
            shown = wish.document
        title, keyed = contract.title, _names_a_key(contract)
    else:
        yield f"{home}/openapi.yaml", (samples.vendor() / "openapi.yaml").read_bytes()
        shown, title, keyed = "openapi.yaml", "the sample vendor", False
    yield f"{home}/vendor.yaml", _vendor(wish, shown, title, keyed=keyed).encode()
    yield f"{home}/{papers.CLAIMS}", loading.blank_claims().encode()
    path, text = CI[wish.ci]
    if path:
        mock = "" if wish.base_url else " --mock"
        env = "".join(f"          {name}: ${{{{ secrets.{name} }}}}\n" for name in _variables(wish))
        env = f"        env:\n{env}" if env else ""
        made = text.format(name=wish.name, mock=mock, env=env)
        yield path.format(name=wish.name), made.encode()


def _variables(wish: Wish) -> list[str]:
    members = KINDS[wish.kind]
    if len(members) < 2:
        return [wish.secret for _ in members]
    return [f"{wish.secret}_{member.upper()}" for member in members]


def _names_a_key(contract: Contract) -> bool:
    """Whether the document says where an API key goes."""
    return any(scheme.type == "apiKey" for scheme in contract.schemes.values())


def _vendor(wish: Wish, document: str, title: str, *, keyed: bool) -> str:
    lines = [
        f"# {' '.join(title.split())[:100]}. 'verifier schema vendor' describes this file.",
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
    if wish.kind == "api-key" and not keyed:
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
