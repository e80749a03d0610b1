"""Who is evaluated: vendor.yaml, or a bare document, and what the user says on top."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field
from msgspec.structs import replace

from verifier.errors import ConfigError, UsageError
from verifier.loading.addresses import parse_address
from verifier.loading.allowance import Allowance
from verifier.loading.corrections import corrected
from verifier.loading.documents import load
from verifier.model import Contract, Environment, Limits, Principal, Vendor, Webhooks

if TYPE_CHECKING:
    from verifier.loading.setting import Setting

__all__ = ["document_of", "load_vendor", "vendor_name"]

NAMES = ("vendor.yaml", "vendor.yml")


class _Profile(Struct, frozen=True, kw_only=True):
    """What vendor.yaml says; all of it may be absent."""

    document: str
    given: Mapping[str, Any] = field(default_factory=dict)
    top: Setting | None = None
    folder: Path | None = None

    @property
    def where(self) -> str:
        return self.top.file if self.top else ""


def load_vendor(
    where: str | Path,
    *,
    name: str = "",
    base_url: str = "",
    environment: str | Environment = "",
    allow_writes: bool | None = None,
    allow_bursts: bool | None = None,
    webhooks: Mapping[str, Any] | None = None,
    principals: Iterable[str | Principal] = (),
    overlays: Iterable[str | Path] = (),
    headers: Mapping[str, str] | None = None,
    fixtures: Mapping[str, Any] | None = None,
    limits: Limits | None = None,
    pace: Mapping[str, Any] | None = None,
    contract: Contract | None = None,
    skimmed: bool = False,
    allow: Allowance = Allowance(),  # noqa: B008  (frozen)
) -> Vendor:
    """
    Everything that an evaluation needs to know of a vendor.

    What is given here goes before what vendor.yaml says. ``allow_writes`` in a file holds for the
    ``base_url`` of that file only, and a file's ``production`` only ends with another ``base_url``.

    Args:
        where: A folder with a vendor.yaml, a vendor.yaml, or a document (file, folder, address).
        environment: ``sandbox`` or ``production``.
        webhooks: Added to the file's, by their names in ``Webhooks``.
        principals: ``NAME=KIND:REFERENCE`` or ready ones; they come before the file's.
        overlays: Applied after the file's.
        headers, fixtures: Added to the file's.
        limits: Replaces all of the file's limits.
        pace: Replaces some, by their names in ``Limits``.
        contract: Stands for the document, which is not read then (a pinned copy of it, say).
        skimmed: As in ``load``.

    Raises:
        ConfigError: vendor.yaml cannot be used as written.
        DocumentError: The document cannot be read.
        UsageError: What is given does not go together.
    """
    profile = _profile(str(where))
    given = profile.given
    if contract is None:
        here = [_beside(profile.folder, overlay) for overlay in given.get("overlays", ())]
        contract = load(profile.document, overlays=[*here, *overlays], allow=allow, skimmed=skimmed)
    contract = corrected(contract, given, profile.top)
    address = parse_address(base_url) or given.get("base_url", "").rstrip("/")
    moved = bool(base_url) and address != given.get("base_url", "").rstrip("/")
    return Vendor(
        name=name or given.get("name") or _name(profile, contract),
        contract=contract,
        base_url=address,
        environment=_environment(environment, given.get("environment", ""), moved),
        allow_writes=_permitted(given.get("allow_writes", False) and not moved, allow_writes),
        allow_bursts=_permitted(given.get("allow_bursts", False) and not moved, allow_bursts),
        webhooks=_webhooks({**given.get("webhooks", {}), **(webhooks or {})}, profile),
        principals=_principals(principals, profile, contract, address),
        limits=replace(limits or Limits(**given.get("limits", {})), **(pace or {})),
        fixtures={**given.get("fixtures", {}), **(fixtures or {})},
        may_change=frozenset(given.get("may_change", ())),
        headers={**given.get("headers", {}), **(headers or {})},
        pinned=_pinned(profile, allow),
    )


def document_of(where: str | Path) -> str:
    """
    Which document a folder, a vendor.yaml, or a document is about: a path, or an address.

    Raises:
        ConfigError: vendor.yaml cannot be used as written.
    """
    return _profile(str(where)).document


def _permitted(filed: bool, asked: bool | None) -> bool:
    return filed if asked is None else asked


def _webhooks(given: Mapping[str, Any], profile: _Profile) -> Webhooks:
    files = {
        name: _beside(profile.folder, given[name])
        for name in ("certificate", "key")
        if name in given
    }
    return Webhooks(**{**given, **files})


def _pinned(profile: _Profile, allow: Allowance) -> Contract | None:
    """The earlier document that vendor.yaml names, to be compared with."""
    name = profile.given.get("pinned")
    if not name or profile.folder is None:
        return None
    return load(_beside(profile.folder, name), allow=allow)


def _profile(where: str) -> _Profile:
    path = Path(where)
    if path.is_dir():
        file = next((path / name for name in NAMES if (path / name).is_file()), None)
    else:
        file = path if path.name in NAMES else None
    if file is None:
        return _Profile(document=where, folder=path if path.is_dir() else None)
    # What only a file needs is imported where there is one: start-up time.
    from verifier.loading.setting import open_settings
    from verifier.loading.vendor_file import VENDOR

    top = open_settings(file)
    given = VENDOR.read(top)
    document = given.get("document")
    return _Profile(
        document=_beside(file.parent, document) if document else _found_beside(file),
        given=given,
        top=top,
        folder=file.parent,
    )


def _beside(folder: Path | None, name: str) -> str:
    return name if "://" in name or folder is None else str(folder / name)


def _found_beside(file: Path) -> str:
    """The one document in vendor.yaml's folder."""
    likely = sorted(
        path
        for pattern in ("openapi*", "swagger*", "*.openapi.*")
        for path in file.parent.glob(pattern)
        if path.suffix in (".json", ".yaml", ".yml") and "overlay" not in path.name
    )
    found = sorted(set(likely))
    if len(found) == 1:
        return str(found[0])
    names = ", ".join(path.name for path in found)
    raise ConfigError(
        f"which document? Beside it are {names}" if found else "no document stands beside it",
        where=str(file),
        mend="Name it: 'document: openapi.yaml'.",
    )


def _environment(asked: str | Environment, filed: str, moved: bool) -> Environment:
    wanted = asked.value if isinstance(asked, Environment) else asked
    if filed == "production" and wanted == "sandbox" and not moved:
        raise UsageError(
            "vendor.yaml says that this base URL is production",
            mend="Give the sandbox's address too: --base-url URL --environment sandbox.",
        )
    try:
        return Environment(wanted or filed or "sandbox")
    except ValueError:
        raise UsageError(
            f"there is no environment '{wanted}'", mend="Known: sandbox, production."
        ) from None


def _principals(
    asked: Iterable[str | Principal], profile: _Profile, contract: Contract, base_url: str
) -> tuple[Principal, ...]:
    asked, filed = tuple(asked), profile.given.get("principals", {})
    if not asked and not filed:
        return ()
    from verifier.loading.principals import parse_principal, with_token_url  # start-up time

    found: dict[str, Principal] = {}
    for item in asked:
        principal = parse_principal(item, contract) if isinstance(item, str) else item
        if principal.name in found:
            raise UsageError(
                f"two principals are called '{principal.name}'", mend="Give each its own name."
            )
        found[principal.name] = principal
    for name, given in filed.items():
        if name not in found:
            found[name] = _in_file(name, given, contract, profile)
    return tuple(
        replace(p, token_url=with_token_url(p, contract, base_url)) for p in found.values()
    )


def _in_file(
    name: str, given: Mapping[str, Any], contract: Contract, profile: _Profile
) -> Principal:
    from verifier.loading.principals import principal_of  # start-up time

    try:
        return principal_of(name, given, contract)
    except ConfigError as error:
        raise ConfigError(error.says, where=profile.where, mend=error.mend) from None


def _name(profile: _Profile, contract: Contract) -> str:
    folder = profile.folder.resolve().name if profile.folder is not None else ""
    return vendor_name(folder or contract.title)


def vendor_name(title: str) -> str:
    """What a vendor is called, and its folder: the words of a title in small letters."""
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:60].strip("-") or "vendor"
