"""What `--help` costs: ours, schemathesis', a bare interpreter; CPU ms, the least of some."""

import resource
import subprocess
import sys

ROUNDS = 7
COMMANDS = {
    "verifier --help": "from verifier.cli import main; main(['--help'])",
    "schemathesis --help": "import sys; sys.argv[1:] = ['--help']\n"
    "from schemathesis.cli import schemathesis; schemathesis()",
    "bare interpreter": "pass",
}


def cpu_ms(code):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", code], stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def main():
    least = {name: float("inf") for name in COMMANDS}
    for _ in range(ROUNDS):
        for name, code in COMMANDS.items():
            least[name] = min(least[name], cpu_ms(code))
    ours = least["verifier --help"]
    for name, value in least.items():
        print(f"{name:<22}{value:>8.0f} ms   ours is {ours / value:.2f} x")


if __name__ == "__main__":
    main()
