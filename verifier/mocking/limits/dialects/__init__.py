"""
How limits are told, one dialect a file.

    tell(readings, now) -> Headers      on every answer
    refuse(reading, now) -> Headers     on one that is over a limit, in place of Retry-After seconds
"""
