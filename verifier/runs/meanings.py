"""The mapping contracts of a run: found beside the vendor, opened, and made into checks."""

from __future__ import annotations

from pathlib import Path

from verifier import loading
from verifier.errors import ConfigError
from verifier.model import Check
from verifier.runs.assignment import Assignment

__all__ = ["checks", "found_beside"]

PATTERNS = ("*.mapping.yaml", "*.mapping.yml")


def found_beside(where: str | Path) -> tuple[str, ...]:
    """The mapping contracts that belong to a vendor, as its scenarios do."""
    return loading.found_beside(str(where), PATTERNS)


def checks(assignment: Assignment) -> dict[str, Check]:
    """
    The checks of the run's mapping contracts; none asks the vendor anything.

    Raises:
        ConfigError: One cannot be used as written, or two have the same id.
        DocumentError: A document that one names cannot be read.
    """
    if not assignment.mappings:
        return {}
    from verifier.mapping.answering import checks_of  # start-up time
    from verifier.mapping.opening import open_mapping

    found: dict[str, Check] = {}
    for file in assignment.mappings:
        mapping = open_mapping(file)
        for check in checks_of(mapping, test=assignment.test_mappings, seed=assignment.seed):
            if check.id in found:
                raise ConfigError(
                    f"two mapping contracts are called '{mapping.contract.id}'",
                    where=file,
                    mend="Give one of them another id.",
                )
            found[check.id] = check
    return found
