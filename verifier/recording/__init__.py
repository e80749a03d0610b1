"""The wiretap: redacted, journalled as it happens, read again."""

from verifier.recording.journal import Recorder
from verifier.recording.reading import read
from verifier.recording.redaction import Redaction

__all__ = ["Recorder", "Redaction", "read"]
