"""Two editions of a contract -> what changed, whom it breaks, and which operations it reaches."""

from verifier.diffing.comparison import compare, registry
from verifier.diffing.rendering import changes_schema, render
from verifier.diffing.verdicts import policies, profiles

__all__ = ["changes_schema", "compare", "policies", "profiles", "registry", "render"]
