"""`python -m benchmarks [name …]`: runs them all, or those named."""

from __future__ import annotations

import sys

from benchmarks import bills, digest, door, home, limit, machines, preflight, rate, reading, receipts, starting

ALL = {
    "preflight": preflight.main,
    "reading": reading.main,
    "rate": rate.main,
    "limit": limit.main,
    "digest": digest.main,
    "bills": bills.main,
    "home": home.main,
    "receipts": receipts.main,
    "machines": machines.main,
    "door": door.main,
    "starting": starting.main,
}

for name in sys.argv[1:] or ALL:
    ALL[name]()
