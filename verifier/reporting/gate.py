"""What a build is told, for a terminal, for a pull request, and for machines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from msgspec.structs import asdict

from verifier.errors import ConfigError
from verifier.model import Failing, Gate, Run
from verifier.reporting.dumping import dumped
from verifier.reporting.formats.markdown import code, plain
from verifier.reporting.text import flat

__all__ = ["gate_text", "render_gate"]

MOST = 40
MOST_PLACES = 3
LONGEST_TEXT = 300
SHAPES = {"new": "✗", "flaky": "~", "light": "!", "known": "=", "waived": "○", "fixed": "✓"}
HEADS = {
    "new": "New, and stop the build",
    "flaky": "Flaky: not seen again in a second run",
    "light": "New, but too light to stop it",
    "waived": "Waived",
    "fixed": "Fixed since the baseline",
    "known": "Known, in the baseline",
}


def verdict_of(gate: Gate) -> str:
    """The first line."""
    if gate.new:
        count = len(gate.new)
        return f"stopped: {count} new failure{'s' if count > 1 else ''}"
    return "passed" if gate.enough else f"not enough evidence: {gate.short}"


def gate_text(gate: Gate, where: str) -> str:
    """
    The verdict in lines for a terminal.

    Args:
        where: What the gate was asked about, for the commands that it names.
    """
    return "\n".join(_text(gate, where)) + "\n"


def _text(gate: Gate, where: str) -> Iterator[str]:
    yield f"Gate {verdict_of(gate)}"
    for name, head in HEADS.items():
        found = getattr(gate, name)
        if not found:
            continue
        yield f"\n{head} ({len(found)}):"
        if name == "known":
            continue
        kinds = _kinds(found)
        yield from (line for kind in kinds[:MOST] for line in _lines(SHAPES[name], kind))
        if len(kinds) > MOST:
            yield f"  and {len(kinds) - MOST} more kinds, in gate.json"
    yield from (f"\n{line}" for line in _asides(gate))
    if gate.new:
        yield "\nLive with one for a time:"
        first = gate.new[0].fingerprint
        yield f"  verifier waive {where} {first} --reason accepted-risk --owner YOU"
        if not gate.compared:
            yield "Take all that fails now as known:"
            yield f"  verifier gate {where} ... --update-baseline"


def _kinds(found: Iterable[Failing]) -> list[list[Failing]]:
    """The same kind of failure at several operations is told once."""
    grouped: dict[tuple[str, str, str], list[Failing]] = {}
    for one in found:
        grouped.setdefault((one.check, one.signature, one.note), []).append(one)
    return list(grouped.values())


def _lines(shape: str, kind: Sequence[Failing]) -> Iterator[str]:
    first = kind[0]
    note = f" [{_flat(first.note)}]" if first.note else ""
    yield f"  {shape} {first.severity.name.lower()} {first.check}: {_flat(first.says)}{note}"
    for one in kind[:MOST_PLACES]:
        yield f"      {one.fingerprint}  {_flat(one.operation) or 'the vendor as a whole'}"
    if len(kind) > MOST_PLACES:
        yield f"      and at {len(kind) - MOST_PLACES} more operations"


def _asides(gate: Gate) -> Iterator[str]:
    if gate.lost:
        yield f"No evidence any more: {', '.join(map(_flat, gate.lost))}"
    yield from map(_flat, gate.notes)


def render_gate(gate: Gate, run: Run, folder: Path) -> dict[str, Path]:
    """
    Write ``gate.json`` and ``gate.md`` into the folder of the run.

    Returns:
        ``gate`` and ``gate-md`` to the file written.

    Raises:
        ConfigError: They cannot be written.
    """
    parts = {
        "gate": (folder / "gate.json", dumped(_data(gate), indented=True)),
        "gate-md": (folder / "gate.md", _markdown(gate, run).encode("utf-8", "replace")),
    }
    for path, data in parts.values():
        try:
            path.write_bytes(data)
        except OSError as error:
            raise ConfigError(
                f"the gate's verdict cannot be written: {error.strerror}", where=str(path)
            ) from error
    return {name: path for name, (path, _) in parts.items()}


def _data(gate: Gate) -> dict[str, object]:
    return {
        "schema_version": "1",
        "verdict": verdict_of(gate),
        "exit_code": gate.exit_code,
        **{name: [_row(one) for one in getattr(gate, name)] for name in HEADS},
        "lost": gate.lost,
        "notes": gate.notes,
        "compared": gate.compared,
    }


def _row(one: Failing) -> dict[str, str]:
    return {**asdict(one), "severity": one.severity.name.lower()}


def _markdown(gate: Gate, run: Run) -> str:
    lines = [f"# {plain(run.facts.title)}: gate {plain(verdict_of(gate))}"]
    for name, head in HEADS.items():
        found: Sequence[Failing] = getattr(gate, name)
        if found:
            lines += ["", f"## {SHAPES[name]} {head} ({len(found)})", ""]
            kinds = _kinds(found)
            lines += [_item(kind) for kind in kinds[:MOST]]
            if len(kinds) > MOST:
                lines.append(f"- and {len(kinds) - MOST} more kinds, in gate.json")
    asides = [f"- {plain(line)}" for line in _asides(gate)]
    return "\n".join([*lines, *(["", "## To bear in mind", ""] if asides else []), *asides]) + "\n"


def _item(kind: Sequence[Failing]) -> str:
    first = kind[0]
    where = f" {code(first.operation)}" if first.operation else ""
    more = f" and {len(kind) - 1} more" if len(kind) > 1 else ""
    note = f" ({plain(first.note)})" if first.note else ""
    severity = first.severity.name.lower()
    says = plain(first.says)
    return f"- `{first.fingerprint}` **{severity}** {says}{where}{more} ({first.check}){note}"


def _flat(text: str) -> str:
    return flat(text, LONGEST_TEXT)
