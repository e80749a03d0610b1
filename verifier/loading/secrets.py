"""References to secrets: where they are kept, and the one place that looks there."""

from __future__ import annotations

import os
import re
from pathlib import Path

from verifier.errors import ConfigError
from verifier.model import SecretReference

__all__ = ["HOW_TO_REFER", "read_reference", "reveal"]

HOW_TO_REFER = "Refer to it: ${VARIABLE}, file:PATH or keyring:SERVICE/USER."

VARIABLE = re.compile(r"(?:\$\{([A-Za-z_][A-Za-z0-9_]*)\}|env:([A-Za-z_][A-Za-z0-9_]*))")
LARGEST_SECRET_BYTES = 64 * 1024


def read_reference(text: str, *, folder: Path | None = None) -> SecretReference | None:
    """
    What a text refers to; None where it is no reference (and may well be the secret itself).

    Args:
        text: ``${NAME}`` or ``env:NAME``, ``file:PATH``, ``keyring:SERVICE/USER``.
        folder: Where relative paths start; the working directory if not given.
    """
    variable = VARIABLE.fullmatch(text)
    if variable:
        return SecretReference("env", variable[1] or variable[2])
    scheme, _, name = text.partition(":")
    if scheme == "file" and name:
        path = Path(name).expanduser()
        return SecretReference("file", str(folder / path if folder else path))
    service, slash, user = name.partition("/")
    if scheme == "keyring" and service and slash and user:
        return SecretReference("keyring", name)
    return None


def reveal(reference: SecretReference) -> str:
    """
    The secret behind a reference.

    Raises:
        ConfigError: The variable is not set, the file cannot be read, or the keyring has no entry.
    """
    secret = _KEEPERS[reference.scheme](reference.name)
    if not secret:
        raise ConfigError(f"the secret {reference} is empty", mend="Put the secret there.")
    return secret


def _from_environment(name: str) -> str:
    try:
        return os.environ[name]
    except KeyError:
        raise ConfigError(
            f"the environment variable {name} is not set",
            mend=f"Set it where verifier runs: export {name}=...",
        ) from None


def _from_file(name: str) -> str:
    path = Path(name)
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST_SECRET_BYTES + 1)
    except OSError as error:
        raise ConfigError(
            f"the secret's file cannot be read: {error.strerror}",
            where=name,
            mend="Create it, or correct the path; a relative one starts at vendor.yaml's folder.",
        ) from None
    if len(raw) > LARGEST_SECRET_BYTES:
        raise ConfigError(
            "the file is too large to hold a secret", where=name, mend="Correct the path."
        )
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise ConfigError(
            "the secret's file is no UTF-8 text", where=name, mend="Save it as plain text."
        ) from None
    # An editor ends the last line with a newline that is no part of the secret; only one is.
    return text.removesuffix("\n").removesuffix("\r")


def _from_keyring(name: str) -> str:
    try:
        import keyring  # optional extra
        import keyring.errors
    except ImportError:
        raise ConfigError(
            "this secret is in the keyring, and the keyring support is not installed",
            where=f"keyring:{name}",
            mend="Install it: pip install 'vendor-verifier[keyring]'",
        ) from None
    service, _, user = name.partition("/")
    try:
        found = keyring.get_password(service, user)
    except keyring.errors.KeyringError as error:
        raise ConfigError(
            f"the keyring cannot be read: {type(error).__name__}",
            where=f"keyring:{name}",
            mend="Unlock it, or keep the secret in an environment variable.",
        ) from None
    if found is None:
        raise ConfigError(
            f"the keyring holds no secret for {user} at {service}",
            where=f"keyring:{name}",
            mend=f"Store it: keyring set {service} {user}",
        )
    return str(found)


_KEEPERS = {"env": _from_environment, "file": _from_file, "keyring": _from_keyring}
