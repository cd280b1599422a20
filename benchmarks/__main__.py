"""`python -m benchmarks [name …]`: runs them all, or those named."""

from __future__ import annotations

import sys

from benchmarks import bills, digest, door, home, machines, preflight, rate, reading, receipts, recovery

ALL = {
    "preflight": preflight.main,
    "reading": reading.main,
    "rate": rate.main,
    "digest": digest.main,
    "bills": bills.main,
    "home": home.main,
    "receipts": receipts.main,
    "machines": machines.main,
    "recovery": recovery.main,
    "door": door.main,
}

for name in sys.argv[1:] or ALL:
    ALL[name]()
