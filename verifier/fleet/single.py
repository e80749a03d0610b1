"""
One vendor in a process of its own, which is told what to do and says what came of it.

The order comes as one line of JSON; what came of it goes out as another. The line stays open: when
whoever gave the order is gone, killed even, the run ends as on Ctrl-C, and removes what it made.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from typing import Any

__all__ = ["answered", "main"]


def main() -> None:
    """Carry out the order that stands on the standard input."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    order = json.loads(sys.stdin.readline())
    out = os.dup(1)
    os.dup2(2, 1)  # whatever else is printed must not stand in the answer
    threading.Thread(target=_watch_over, daemon=True).start()
    os.write(out, json.dumps(answered(order)).encode())


def answered(order: dict[str, Any]) -> dict[str, Any]:
    """The folder of the run, or why there is none; ``code`` is an exit code."""
    from verifier import pipeline  # start-up time
    from verifier.errors import VerifierError
    from verifier.runs.assignment import Assignment

    try:
        return {"folder": str(pipeline.record(Assignment.from_data(order)))}
    except VerifierError as error:
        return {"says": str(error), "notes": _notes(error), "code": error.exit_code}
    except KeyboardInterrupt as stop:
        return {"says": "interrupted", "notes": _notes(stop), "code": 130}
    except Exception as error:  # noqa: BLE001  (told to whoever gave the order)
        return {"says": f"a fault of ours: {type(error).__name__}: {error}", "code": 5}


def _notes(error: BaseException) -> list[str]:
    return list(getattr(error, "__notes__", ()))


def _watch_over() -> None:
    sys.stdin.read()
    os.kill(os.getpid(), signal.SIGINT)


if __name__ == "__main__":
    main()
