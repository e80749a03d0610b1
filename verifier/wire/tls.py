"""What a TLS handshake shows."""

from __future__ import annotations

import asyncio
import ssl
import time

from verifier.errors import ConfigError
from verifier.model import TlsFacts
from verifier.wire.address import Origin, split
from verifier.wire.certificate import not_after
from verifier.wire.dial import dial
from verifier.wire.trouble import not_connected, tls_words

__all__ = ["context_for", "look"]

SECONDS_A_DAY = 86400.0
LOOKS_WITHIN_SECONDS = 10.0


def context_for(verify: bool | str) -> ssl.SSLContext:
    """
    How servers are checked.

    Args:
        verify: True for the system's authorities, a file of authorities (PEM), False for none.

    Raises:
        ConfigError: The file cannot be used.
    """
    if verify is False:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    else:
        try:
            context = ssl.create_default_context(cafile=verify if verify is not True else None)
        except OSError as error:
            raise ConfigError(
                f"it cannot be read as certificates ({error.strerror or error})",
                where=str(verify),
                mend="Name a file of certificate authorities in PEM format.",
            ) from error
    context.set_alpn_protocols(["http/1.1"])
    return context


async def look(url: str, verify: bool | str = True) -> TlsFacts:
    """
    Shake hands, and say what was seen; once more without trust where the certificate fails.

    Args:
        verify: As for ``context_for``; False looks with the system's authorities all the same.
    """
    origin, _ = split(url)
    if not origin.secure:
        return TlsFacts(secure=False, says="plain HTTP")
    try:
        return await _shaken(origin, context_for(verify or True), "")
    except ssl.SSLCertVerificationError as error:
        says = tls_words(error)
    except (OSError, UnicodeError) as error:
        says = not_connected(error, origin.host, origin.port, LOOKS_WITHIN_SECONDS).says
        return TlsFacts(secure=True, says=says)
    try:
        return await _shaken(origin, context_for(False), says)
    except (OSError, UnicodeError):
        return TlsFacts(secure=True, says=says)


async def _shaken(origin: Origin, context: ssl.SSLContext, says: str) -> TlsFacts:
    async with asyncio.timeout(LOOKS_WITHIN_SECONDS):
        transport, _ = await dial(asyncio.Protocol, origin, context)
    session = transport.get_extra_info("ssl_object")
    shown = session.getpeercert(binary_form=True) or b""
    version = session.version() or ""
    transport.abort()
    await asyncio.sleep(0)
    try:
        left = (not_after(shown) - time.time()) / SECONDS_A_DAY
    except ValueError:
        left = 0.0
    return TlsFacts(secure=True, version=version, trusted=not says, says=says, days_left=left)
