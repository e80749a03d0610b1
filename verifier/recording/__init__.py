"""The wiretap: redacted, journalled as it happens, read again."""

from verifier.recording.journal import Recorder
from verifier.recording.reading import read
from verifier.recording.redaction import Redaction
from verifier.recording.usage import RunUsage, usage_of

__all__ = ["Recorder", "Redaction", "RunUsage", "read", "usage_of"]
