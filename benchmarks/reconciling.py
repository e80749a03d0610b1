"""
Reconcile a million rows with a million: seconds, memory, and whether the totals add up.

    python benchmarks/reconciling.py [rows]

Two exports of the worked example are made up (orders and invoices, with differences of several
causes, missing and double rows), and reconciled in a process of its own. The limit beside it is
DuckDB alone: loading both files as text, and the two anti joins. Goals for a million rows each:
10 s with causes, 1.5 GB.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
CONTRACT = ROOT / "scenarios/acme-shop/order-to-invoice.mapping.yaml"
STATUS = {
    "pending": "DRAFT",
    "on_hold": "DRAFT",
    "processing": "SUBMITTED",
    "complete": "AUTHORISED",
    "cancelled": "VOIDED",
}
MIB = 1 << 20
LIMIT = """
import sys, duckdb
db = duckdb.connect(config={"memory_limit": "1200MB"})
db.execute("SET enable_progress_bar = false")
for table, file in (("a", sys.argv[1]), ("b", sys.argv[2])):
    db.execute(f"CREATE TABLE {table} AS SELECT * FROM read_csv('{file}', all_varchar = true)")
join = "a JOIN b ON 'SHOP-' || a.id = b.InvoiceNumber"
anti = "SELECT count(*) FROM {0} WHERE {1} NOT IN (SELECT {2} FROM {3})"
db.execute(anti.format("a", "'SHOP-' || id", "InvoiceNumber", "b")).fetchall()
db.execute(anti.format("b", "InvoiceNumber", "'SHOP-' || id", "a")).fetchall()
"""
OURS = """
import sys
from pathlib import Path
from verifier.mapping.opening import open_mapping
from verifier.mapping.reconciling import reconcile
found = reconcile(open_mapping(sys.argv[3]), Path(sys.argv[1]), Path(sys.argv[2]))
for side, export in (("source", found.source), ("target", found.target)):
    total = sum(found.classes[side].values())
    assert total == export.rows + export.broken, (side, total)
    print(side, {name: count for name, count in found.classes[side].items() if count})
print("causes", {d.says: d.count for field in found.fields for d in field.differences})
"""


def main(rows: int) -> None:
    """Make the files, and measure both."""
    with tempfile.TemporaryDirectory() as folder:
        files = made(Path(folder), rows)
        size = sum(file.stat().st_size for file in files)
        print(f"{rows:,} x {rows:,} rows, {size / MIB:,.0f} MiB")
        limit = measured("DuckDB alone", LIMIT, *files)
        ours = measured("reconcile", OURS, *files, CONTRACT)
        print(f"{ours / limit:.1f} x the limit, in CPU time")


def made(folder: Path, rows: int) -> tuple[Path, Path]:
    """Orders and invoices: one in fifty differs, one in a hundred is on one side only."""
    rng = random.Random(7)
    orders, invoices = folder / "orders.csv", folder / "invoices.csv"
    with orders.open("w") as mine, invoices.open("w") as theirs:
        mine.write("id,status,currency,total,created_at,customer.full_name,customer.email\n")
        theirs.write("InvoiceNumber,Status,CurrencyCode,AmountMinor,Date,Contact.Name,")
        theirs.write("Contact.EmailAddress\n")
        for number in range(rows):
            order(rng, number, mine.write, theirs.write)
    return orders, invoices


def order(rng: random.Random, number: int, mine, theirs) -> None:
    cents, day, month = rng.randint(100, 99999), rng.randint(1, 28), rng.randint(1, 12)
    status = rng.choice(tuple(STATUS))
    name = f"Customer {number % 9973}"
    odd = rng.random()
    made = f"{day:02}/{month:02}/2027 09:15"
    if odd > 0.01:
        mine(f"{number:07},{status},EUR,{cents / 100:.2f},{made},{name},c{number}@Mail.example\n")
    if odd > 0.99:
        return
    date, amount, title = f"2027-{month:02}-{day:02}", cents, STATUS[status]
    if 0.02 < odd < 0.03 and day <= 12:
        date = f"2027-{day:02}-{month:02}"
    elif 0.03 < odd < 0.035:
        amount = cents * 100
    elif 0.035 < odd < 0.04:
        title = "PAID"
    line = f"SHOP-{number:07},{title},EUR,{amount},{date},{name},c{number}@mail.example\n"
    theirs(line * (2 if odd > 0.988 else 1))


def measured(name: str, code: str, *files: Path) -> float:
    """Run a program of its own, and print what it took; CPU seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, files)], capture_output=True, text=True, check=False
    )
    took = time.monotonic() - began
    if done.returncode:
        sys.exit(done.stderr)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    peak = after.ru_maxrss / 1024
    print(f"  {name:14} {took:6.1f} s, {cpu:6.1f} s of CPU, peak so far {peak:,.0f} MiB")
    print("".join(f"    {line}\n" for line in done.stdout.splitlines()), end="")
    return cpu


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
