"""
How webhooks are signed, one scheme a file.

    sign(message, now, header) -> Headers     of one attempt; ``header`` is the documented name
    secret(digest) -> str                     a secret in the scheme's form, made of 32 random bytes
"""
