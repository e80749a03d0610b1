"""The scenarios of a run: found, opened with what they refer to, checked, and made into checks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from msgspec import Struct, field
from msgspec.structs import replace

from verifier import loading, mocking, scenarios
from verifier.errors import ConfigError, UsageError
from verifier.model import Check, Contract, Vendor
from verifier.runs.assignment import Assignment
from verifier.runs.stage import Stage
from verifier.scenarios import Casting, Description, Flaw, Script, Source

__all__ = [
    "Opened",
    "apis_of",
    "bound",
    "checks",
    "found_beside",
    "open_scenario",
    "playing",
    "vendor_of",
]

PATTERNS = ("*.arazzo.yaml", "*.arazzo.yml", "*.arazzo.json")
PROFILES = ("vendor.yaml", "vendor.yml")


class Opened(Struct, frozen=True):
    """A scenario file that was read, and the flaws that were found in it."""

    description: Description
    flaws: tuple[Flaw, ...]


class _Sources(Struct, eq=False):
    """
    Opens what scenarios refer to: files only, unless the user named an address.

    Args:
        given: Source name to the file that the user named for it.
        vendor: The vendor whose contract stands for its own document.
        known: Descriptions by their own URI (``$self``).
    """

    given: Mapping[str, str]
    vendor: Vendor | None
    report: scenarios.flaws.Report
    known: dict[str, Description] = field(default_factory=dict)

    def _known_contracts(self) -> list[Contract]:
        if self.vendor is None:
            return []
        return [self.vendor.contract, *(api.contract for api in self.vendor.apis.values())]

    def open(self, source: Source, description: Description) -> Contract | Description:
        """What a source description leads to; ConfigError where it cannot be had."""
        identity = urljoin(description.self_uri, source.url)
        if identity in self.known and source.name not in self.given:
            return self.known[identity]
        where = self.given.get(source.name) or _location(source, description)
        for contract in self._known_contracts():
            if _same(where, contract):
                return contract
        if source.kind != "arazzo" and not _is_arazzo(source, where):
            return loading.load(where)
        return _read(where, self.report)


def apis_of(
    descriptions: Iterable[Description], vendor: str, given: Mapping[str, str]
) -> dict[str, str]:
    """
    The OpenAPI documents that scenarios need beside the vendor's own, by their source's name.

    Raises:
        ConfigError: Two scenarios mean different documents by one name.
    """
    found: dict[str, str] = {}
    own = _documents_of(vendor)
    for description in descriptions:
        for source in description.sources:
            if source.kind != "openapi":
                continue
            where = given.get(source.name) or _location(source, description)
            if Path(where).resolve() in own or not Path(where).is_file():
                continue
            if found.setdefault(source.name, where) != where:
                raise ConfigError(
                    f"two scenarios mean different documents by '{source.name}'",
                    where=str(description.place(source.at)),
                    mend="Run them one after the other, or rename one source.",
                )
    return found


def _documents_of(vendor: str) -> set[Path]:
    """The files that a vendor may be described in: itself, or all in its folder."""
    path = Path(vendor)
    folder = path if path.is_dir() else path.parent if path.name in PROFILES else None
    files = folder.iterdir() if folder is not None else (path,)
    return {file.resolve() for file in files}


def _read(where: str | Path, report: Callable[[Flaw], None]) -> Description:
    opened = loading.open_file(where, "The scenario", beginning="arazzo: 1.0.1")
    return scenarios.read(opened, report)


def open_scenario(where: str | Path) -> Opened:
    """
    Read one scenario file, and nothing that it refers to.

    Raises:
        ConfigError: It cannot be read, or is no Arazzo document.
    """
    flaws: list[Flaw] = []
    description = _read(where, flaws.append)
    return Opened(description, tuple(dict.fromkeys(flaws)))


def vendor_of(description: Description, given: Mapping[str, str]) -> str:
    """
    Where the vendor of a scenario is described: the folder with a vendor.yaml beside the document
    of its first source, or that document.

    Args:
        given: Source name to the file that the user named for it.

    Raises:
        ConfigError: It has no source that is an OpenAPI document.
    """
    for source in description.sources:
        if source.kind not in ("openapi", ""):
            continue
        where = given.get(source.name) or _location(source, description)
        folder = Path(where).parent
        if "://" not in where and any((folder / name).is_file() for name in PROFILES):
            return str(folder)
        return where
    raise ConfigError(
        "the scenario has no source that is an OpenAPI document",
        where=description.location,
        mend="Name the vendor: verifier run FILE --vendor specs/acme",
    )


def found_beside(where: str) -> tuple[str, ...]:
    """
    The scenarios that belong to a vendor: in its folder, in ``scenarios`` below it, or in the
    workspace's ``scenarios`` under the same name.
    """
    return loading.found_beside(where, PATTERNS)


def playing(assignment: Assignment, files: Iterable[str | Path]) -> Assignment:
    """
    The assignment with these scenarios in it, and with the further documents that they need.

    Raises:
        ConfigError: One of them cannot be read, or is no Arazzo document.
    """
    found = tuple(str(file) for file in files)
    opened = [open_scenario(file).description for file in found]
    apis = apis_of(opened, assignment.where, assignment.sources)
    return replace(assignment, scenarios=found, apis=apis)


def checks(assignment: Assignment, scene: Stage) -> dict[str, Check]:
    """
    A check for each workflow of the run's scenarios.

    Raises:
        ConfigError: One of them is flawed; every flaw is told, and nothing was sent.
        UsageError: A workflow was asked for that does not exist.
    """
    casting = Casting(
        given=assignment.inputs,
        make_up=scene.mode == "mock",
        workflows=assignment.workflows,
        tags=assignment.tags,
        seed=assignment.seed,
    )
    scripts, flaws = bound(assignment, scene.vendor)
    scenarios.refuse(flaws, lenient=assignment.lenient)
    _known(assignment.workflows, scripts)
    found = {c.id: c for script in scripts for c in scenarios.checks_of(script, casting)}
    if assignment.scenarios and not found:
        raise UsageError("no workflow has one of these tags", mend="Leave --tag out.")
    return found


def bound(assignment: Assignment, vendor: Vendor) -> tuple[list[Script], tuple[Flaw, ...]]:
    """The run's scenarios, bound to the vendor, and every flaw that was found in them."""
    opened = [open_scenario(where) for where in assignment.scenarios]
    flaws: list[Flaw] = [flaw for one in opened for flaw in one.flaws]
    sources = _Sources(
        dict(assignment.sources),
        vendor,
        flaws.append,
        {o.description.self_uri: o.description for o in opened if o.description.self_uri},
    )
    names = [principal.name for principal in vendor.principals]
    scripts = [
        scenarios.bind(
            one.description,
            sources,
            flaws.append,
            principals=names,
            check_fault=mocking.check_script,
            apis={name: api.contract for name, api in vendor.apis.items()},
        )
        for one in opened
    ]
    return scripts, tuple(dict.fromkeys(flaws))


def _known(workflows: Iterable[str], scripts: list[Script]) -> None:
    known = {w.id for script in scripts for w in script.description.workflows}
    for name in workflows:
        if name not in known:
            mend = scenarios.flaws.suggestion(name, sorted(known))
            raise UsageError(f"there is no workflow '{name}'", mend=mend)


def _location(source: Source, description: Description) -> str:
    """The file that a source's URL means; ConfigError where it is on the network."""
    url = urljoin(description.self_uri, source.url) if description.self_uri else source.url
    beside = Path(description.location).parent / unquote(urlsplit(source.url).path)
    relative = not urlsplit(source.url).scheme
    if not urlsplit(url).scheme or (relative and beside.is_file()):
        return str(beside)
    raise ConfigError(
        f"{url} is on the network, and is not fetched uninvited",
        mend=f"Give a copy of your own: --source {source.name}=FILE",
    )


def _same(where: str, contract: Contract) -> bool:
    location = contract.document.source.location
    if "://" in where or "://" in location:
        return where == location
    return Path(where).resolve() == Path(location).resolve()


def _is_arazzo(source: Source, where: str) -> bool:
    return not source.kind and any(Path(where).match(pattern) for pattern in PATTERNS)
