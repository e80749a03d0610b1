"""Why values could not be put into a request, or read out of one."""

from verifier.errors import VerifierError

__all__ = ["DecodeError", "EncodeError"]


class EncodeError(VerifierError):
    """
    These values cannot be expressed as an HTTP request.

    Args:
        part: ``path``, ``query``, ``header``, ``cookie`` or ``body``.
    """

    def __init__(self, part: str, says: str, *, mend: str = "") -> None:
        super().__init__(says, mend=mend)
        self.part = part


class DecodeError(VerifierError):
    """
    A part of a request cannot be read at all.

    Args:
        part: ``path``, ``query``, ``header``, ``cookie`` or ``body``.
        status: What a server answers: 400 (malformed), 404 (another path) or 415 (RFC 9110,
            15.5.16: a media type that it does not take).
    """

    def __init__(self, part: str, says: str, *, status: int = 400) -> None:
        super().__init__(says)
        self.part = part
        self.status = status
