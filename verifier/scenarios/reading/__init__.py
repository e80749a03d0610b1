"""A scenario file read strictly: everything that is wrong with it, with its place and its mend."""

from verifier.scenarios.reading.document import Written, read

__all__ = ["Written", "read"]
