"""
Keeps a program, and everything that it starts, until it is told to end them; a program itself.

    python -I -S keeper.py STATUS PROCESSES BYTES GRACE program argument ...

It stands between us and a program that we do not trust to end. On Linux whatever the program starts
is inherited by the keeper when its parent dies, however it detached itself (PR_SET_CHILD_SUBREAPER,
prctl(2)); so nothing escapes. Elsewhere the program's process group is all that is known.

It ends everything once its standard input is closed, which also happens when we are killed; or once
the program has ended by itself. What happened is told on the descriptor STATUS, a line each:
``failed REASON``, ``ended CODE``, ``bound processes``, ``left NUMBER``. Only the standard library's
quick parts are imported: a rehearsal starts it a hundred times.

Args (of the program):
    PROCESSES: The most that may live at a time.
    BYTES: The largest file that one of them may write.
    GRACE: Seconds between the request to end and the end.
"""

import os
import resource
import select
import signal
import sys
import time

__all__ = ["main"]

SUBREAPER = 36
LOOKS_EVERY_SECONDS = 0.05
ENDS_WITHIN_SECONDS = 10.0
POLITE = 0.02


def main(arguments: list[str]) -> int:
    """Keep one program."""
    status, processes, bytes_, grace = (
        int(arguments[0]),
        int(arguments[1]),
        int(arguments[2]),
        float(arguments[3]),
    )
    os.set_inheritable(status, False)
    adopting = _adopt()
    awake = _awakened()
    resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_, bytes_))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        child = _spawn(arguments[4:])
    except OSError as error:
        _tell(status, f"failed {error.strerror or error}")
        return 1
    _hurry()
    polite = _watch(child, awake, status, processes, adopting)
    _end(child, grace if polite else None, adopting, status)
    return 0


def _adopt() -> bool:
    """Become the parent of whoever loses theirs; False where the system has no such thing."""
    if not sys.platform.startswith("linux"):
        return False
    import ctypes  # start-up time, where it is of no use

    done: int = ctypes.CDLL(None).prctl(SUBREAPER, 1, 0, 0, 0)
    return done == 0


def _hurry() -> None:
    """Come before what we keep, where we may: a program that forks without end leaves no time."""
    try:
        os.setpriority(os.PRIO_PROCESS, 0, -10)
    except OSError:
        return


def _awakened() -> int:
    """A descriptor that can be read once a child has ended."""
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    os.set_blocking(reading, False)
    signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda number, frame: None)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    return reading


def _spawn(command: list[str]) -> int:
    """Start it in a session of its own, with signals as a program expects them."""
    usual = [
        signal.SIGINT,
        signal.SIGTERM,
        signal.SIGHUP,
        signal.SIGPIPE,
        signal.SIGXFSZ,
        signal.SIGCHLD,
    ]
    nothing = [(os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0)]
    return os.posix_spawnp(
        command[0], command, os.environ, file_actions=nothing, setsid=True, setsigdef=usual
    )


def _watch(child: int, awake: int, status: int, processes: int, adopting: bool) -> bool:
    """Until it ends, or is to be ended; True where it may be asked to first."""
    usual = _tasks()
    while True:
        ready, _, _ = select.select([0, awake], [], [], LOOKS_EVERY_SECONDS)
        if awake in ready:
            os.read(awake, 4096)
        code = _reaped(child)
        if code is not None:
            _tell(status, f"ended {code}")
            return False
        if 0 in ready and not os.read(0, 4096):
            return _tasks() - usual <= processes
        if _tasks() - usual > processes and adopting and len(_kept()) > processes:
            _signal(-child, signal.SIGKILL)  # all of its group at once: none forks meanwhile
            _tell(status, "bound processes")
            return False


def _tasks() -> int:
    """How many there are on this machine: cheap to ask, and enough to know when to look closely."""
    try:
        with open("/proc/loadavg", "rb") as file:
            return int(file.read().split()[3].partition(b"/")[2])
    except (OSError, ValueError, IndexError):
        return 0


def _reaped(child: int) -> int | None:
    """The exit code of the program (a signal's number, negative); whoever else ended is buried."""
    found = None
    while True:
        try:
            pid, how = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return found
        if pid == 0:
            return found
        if pid == child:
            found = os.waitstatus_to_exitcode(how)


def _end(child: int, grace: float | None, adopting: bool, status: int) -> None:
    """Ask the program to end where there is time to, then end everything."""
    if grace is not None:
        _signal(-child, signal.SIGTERM)
        until = time.monotonic() + grace
        while time.monotonic() < until:
            code = _reaped(child)
            if code is not None:
                _tell(status, f"ended {code}")
                break
            time.sleep(POLITE)
    left = len(_kept()) if adopting else 0
    until = time.monotonic() + ENDS_WITHIN_SECONDS
    while time.monotonic() < until:
        _signal(-child, signal.SIGKILL)
        kept = _kept() if adopting else []
        for pid in kept:
            _signal(pid, signal.SIGSTOP)  # so that none starts another meanwhile
        for pid in kept:
            _signal(pid, signal.SIGKILL)
        code = _reaped(child)
        if code is not None:
            _tell(status, f"ended {code}")
        if not kept:
            break
        time.sleep(POLITE)
    _tell(status, f"left {left}")


def _kept() -> list[int]:
    """Everybody who came of the program, those who were given to us included."""
    parents: dict[int, list[int]] = {}
    for name in os.listdir("/proc"):
        if not name.isdecimal():
            continue
        try:
            with open(f"/proc/{name}/stat", "rb") as file:
                fields = file.read().rpartition(b")")[2].split()
        except OSError:
            continue
        if fields[0] != b"Z":
            parents.setdefault(int(fields[1]), []).append(int(name))
    found: list[int] = []
    waiting = [os.getpid()]
    while waiting:
        own = parents.get(waiting.pop(), [])
        found += own
        waiting += own
    return found


def _signal(pid: int, number: int) -> None:
    try:
        os.kill(pid, number)
    except OSError:
        return


def _tell(status: int, line: str) -> None:
    try:
        os.write(status, f"{line}\n".encode())
    except OSError:
        return


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
