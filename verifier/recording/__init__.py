"""The wiretap: redacted, journalled as it happens, read again."""
