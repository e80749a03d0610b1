"""What went wrong on the wire, in words for people who do not read error numbers."""

from __future__ import annotations

import errno
import socket
import ssl

from verifier.model import Failure, FailureKind

__all__ = ["not_connected", "tls_words"]

CERTIFICATE = {
    9: "its certificate is not valid yet",
    10: "its certificate has expired",
    18: "its certificate is self-signed",
    19: "its certificate comes from an authority that is not trusted here",
    20: "its certificate comes from an authority that is not known here",
    21: "its certificate chain is incomplete",
    23: "its certificate has been revoked",
    62: "its certificate is for another host",
    64: "its certificate is for another address",
}
HANDSHAKE = {
    "WRONG_VERSION_NUMBER": "it does not speak TLS there",
    "HTTP_REQUEST": "it does not speak TLS there",
    "RECORD_LAYER_FAILURE": "it does not speak TLS there",
    "PACKET_LENGTH_TOO_LONG": "it does not speak TLS there",
    "UNEXPECTED_EOF_WHILE_READING": "it hung up during the handshake",
    "TLSV1_ALERT_PROTOCOL_VERSION": "it speaks no version of TLS that is still safe",
    "UNSUPPORTED_PROTOCOL": "it speaks no version of TLS that is still safe",
    "NO_PROTOCOLS_AVAILABLE": "it speaks no version of TLS that is still safe",
    "SSLV3_ALERT_HANDSHAKE_FAILURE": "it refused the handshake",
    "TLSV1_UNRECOGNIZED_NAME": "it does not know this host name",
    "TLSV13_ALERT_CERTIFICATE_REQUIRED": "it demands a client certificate",
    "DH_KEY_TOO_SMALL": "its key exchange is too weak",
}
UNREACHABLE = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH, errno.EADDRNOTAVAIL})
EXHAUSTED = frozenset({errno.EMFILE, errno.ENFILE})


def tls_words(error: ssl.SSLError) -> str:
    """A handshake's failure in a few words."""
    if isinstance(error, ssl.SSLCertVerificationError):
        known = CERTIFICATE.get(error.verify_code, "its certificate is not trusted")
        return f"{known} ({error.verify_message})" if error.verify_message else known
    reason = error.reason or ""
    return HANDSHAKE.get(reason, reason.replace("_", " ").lower() or str(error))


def not_connected(error: BaseException, host: str, port: int, within_seconds: float) -> Failure:
    """Why there is no connection."""
    kind, says = _told(error, f"{host}:{port}", host, within_seconds)
    return Failure(kind=kind, says=says, phase="connect")


def _told(
    error: BaseException, where: str, host: str, within_seconds: float
) -> tuple[FailureKind, str]:
    if isinstance(error, socket.gaierror):
        if error.errno == socket.EAI_AGAIN:
            return FailureKind.DNS, f"the name {host} could not be looked up just now"
        return FailureKind.DNS, f"the host {host} is not known"
    if isinstance(error, UnicodeError):
        return FailureKind.DNS, f"{host} cannot be a host's name"
    if isinstance(error, ssl.SSLError):
        return FailureKind.TLS, f"no secure connection to {where}: {tls_words(error)}"
    if isinstance(error, ConnectionRefusedError):
        return FailureKind.REFUSED, f"nothing listens at {where}"
    if isinstance(error, TimeoutError):
        return FailureKind.TIMEOUT, f"no connection to {where} within {within_seconds:g} seconds"
    if isinstance(error, ConnectionError):
        return FailureKind.RESET, f"{where} broke the connection off as it was made"
    number = error.errno if isinstance(error, OSError) else None
    if number in UNREACHABLE:
        return FailureKind.OTHER, f"there is no way from here to {where} ({error})"
    if number in EXHAUSTED:
        return FailureKind.OTHER, "too many files are open on this machine to connect once more"
    return FailureKind.OTHER, f"no connection to {where}: {error}"
