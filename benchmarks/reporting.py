"""The report of many exchanges: CPU milliseconds and bytes, beside orjson alone."""

import tempfile
import time
from pathlib import Path

import orjson

from tests.reporting.sample_run import exchange, passing, run
from verifier import judging, reporting


def main():
    for count in (100, 1_000, 10_000):
        body = orjson.dumps({"data": [{"id": f"it_{n}", "name": "Ada"} for n in range(12)]})
        many = [exchange(id=f"x{n}", body=body) for n in range(1, count + 1)]
        one = run(passing(), exchanges=many)
        with tempfile.TemporaryDirectory() as folder:
            began = time.process_time()
            verdict = judging.judge(one)
            files = reporting.render(one, verdict, Path(folder), formats=("html",))
            ours = time.process_time() - began
            size = files["html"].stat().st_size
        rows = [{"id": x.id, "body": x.response.body.decode()} for x in many]
        began = time.process_time()
        orjson.dumps(rows)
        limit = time.process_time() - began
        print(
            f"{count:>6} exchanges {1000 * ours:>7.0f} ms {size:>9} bytes; "
            f"orjson {1000 * limit:.1f} ms"
        )


if __name__ == "__main__":
    main()
