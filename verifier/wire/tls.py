"""What a TLS handshake shows, and what its failures mean in plain words."""

from __future__ import annotations

import asyncio
import ssl
import time

from verifier.model import TlsFacts

__all__ = ["look", "words"]

SECONDS_A_DAY = 86400.0
PLAIN = {
    "CERTIFICATE_VERIFY_FAILED": "its certificate is not trusted",
    "WRONG_VERSION_NUMBER": "it does not speak TLS there",
    "TLSV1_ALERT_PROTOCOL_VERSION": "it speaks no version of TLS that we do",
    "UNSUPPORTED_PROTOCOL": "it speaks only outdated TLS",
}


def words(error: ssl.SSLError) -> str:
    """A handshake's failure in a few words."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not trusted ({error.verify_message})"
    return PLAIN.get(error.reason or "", error.reason or str(error))


async def look(host: str, port: int, context: ssl.SSLContext) -> TlsFacts:
    """Shake hands once, and say what was seen."""
    try:
        _, writer = await asyncio.wait_for(
            asyncio.open_connection(host, port, ssl=context, server_hostname=host), 10
        )
    except ssl.SSLError as error:
        return TlsFacts(secure=True, trusted=False, says=words(error))
    except (OSError, TimeoutError) as error:
        return TlsFacts(secure=True, trusted=False, says=str(error) or "no answer")
    try:
        session = writer.get_extra_info("ssl_object")
        ends = session.getpeercert().get("notAfter")
        left = (ssl.cert_time_to_seconds(ends) - time.time()) / SECONDS_A_DAY if ends else 0.0
        return TlsFacts(
            secure=True, version=session.version() or "", trusted=bool(ends), days_left=left
        )
    finally:
        writer.close()
