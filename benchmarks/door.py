"""The door of the real program: genuine requests stored durably (G5), forged ones refused (G6), and memory (G11).

Genuine requests come at their time whether or not those before are answered, and every one that was acknowledged has
to stand in the inbox. "alone" is the process that hears; beside it, as in life, a worker does what was asked for.
"""

from __future__ import annotations

import os
import resource
import tempfile
from contextlib import nullcontext
from pathlib import Path

from benchmarks import gates
from benchmarks.speech import PEOPLE, Speech, forged
from benchmarks.volley import Answers, Gunners, gunners
from storage.tables import inbox
from tests.proofs.proof_world import World, opened

SECONDS = float(os.environ.get("KIERTO_BENCH_SECONDS", "60"))
REQUESTS = int(os.environ.get("KIERTO_BENCH_REQUESTS", "100000"))
RATE = 300.0
MEANWHILE = 20.0  # genuine requests a second among the forged ones
GOAL = "goal 500 ms p99, none over 3 s"


def main() -> None:
    """Prints the figures of gates G5, G6 and G11."""
    for kind in ("sqlite", "postgresql"):
        for beside in (False, True):
            with tempfile.TemporaryDirectory() as folder, opened(kind, Path(folder), PEOPLE) as world:
                stored(world, kind, beside)
    with tempfile.TemporaryDirectory() as folder, opened("sqlite", Path(folder), PEOPLE) as world:
        refused(world)


def stored(world: World, kind: str, beside: bool) -> None:
    """G5: a steady rate, and then as many as there may be."""
    speech = Speech(world)
    with world.edge(), world.working() if beside else nullcontext(), gunners(1) as hands:
        spent = processor(world.pids[0])
        steady = _heard(world, hands, speech, RATE, SECONDS)
        each = (processor(world.pids[0]) - spent) / len(steady.waits)
        most = _heard(world, hands, speech, 0.0, min(SECONDS, 15.0))
        late, unkept = sum(wait > 3 for wait in steady.waits), len(steady.waits) - len(steady.well)
        words = (
            f"{kind}, {'a worker beside' if beside else 'alone'}: {len(steady.waits)} requests at {RATE:.0f}/s, "
            f"{unkept} not kept, acknowledged in {steady.told} ({GOAL}), {late} over 3 s; as many as it bears: "
            f"{len(most.well) / most.seconds:.0f}/s ({len(most.waits) - len(most.well)} not kept), {most.told}; "
            f"{each * 1000:.1f} ms of the processor each"
        )
        print(f"G5 {words}")
        if not beside:  # the gate is of one process; what a worker takes of the same cores is told
            gates.note("G5", f"door, {kind}", words, met=not unkept and not late and steady.at(0.99) <= 0.5)


def _heard(world: World, hands: Gunners, speech: Speech, rate: float, seconds: float) -> Answers:
    """Says things; in the end each that was acknowledged without a word stands in the inbox."""
    said = [speech.one() for _ in range(int((rate or 2000) * seconds))]
    told = hands.fire(world.port, [one.request for one in said], rate, 0.0 if rate else seconds).result()
    with world.house.store.read() as tx:
        kept = set(tx.execute(inbox.select()).scalars())
    lost = [said[place] for place in told.silent if said[place].key not in kept]
    lost = [one for one in lost if one.kind != "block_actions"]  # who pressed is told by a message of its own
    assert not lost, f"{len(lost)} acknowledged requests do not stand in the inbox: {lost[0]}"
    told.well[:] = [place for place in told.well if said[place].key in kept]
    return told


def refused(world: World) -> None:
    """G6 and G11: strangers as fast as they are answered, in two processes, and people among them."""
    speech = Speech(world)
    with world.edge(), gunners(3) as hands:
        false = forged(world.slack.signing_secret, 6000)
        hands.fire(world.port, false, seconds=2.0).result()
        before, seconds = [memory(world.pids[0])], 30.0 if SECONDS > 30 else SECONDS
        said = [speech.one().request for _ in range(int(MEANWHILE * seconds))]
        spent = processor(world.pids[0])
        people = hands.fire(world.port, said, MEANWHILE, lines=32)
        strangers = [hands.fire(world.port, false, seconds=seconds, lines=16) for _ in range(2)]
        told, good = [one.result() for one in strangers], people.result()
        count, rate = sum(len(one.waits) for one in told), sum(one.rate for one in told)
        each = (processor(world.pids[0]) - spent) / count
        statuses = {status for one in told for status in one.statuses if one.statuses[status]}
        words = (
            f"{count} forged requests refused at {rate:.0f}/s (goal 1500), answers {sorted(statuses)}; "
            f"{len(good.well)} of {len(good.waits)} genuine ones at {MEANWHILE:.0f}/s meanwhile kept in {good.told} "
            f"(goal 500 ms p99); {each * 1000:.2f} ms of the processor each"
        )
        print(f"G6: {words}")
        gates.note("G6", "door", words, met=rate >= 1500 and good.at(0.99) <= 0.5)
        while count < REQUESTS:
            count += len(hands.fire(world.port, false * 2).result().waits)
            before.append(memory(world.pids[0]))
        last = before[len(before) // 2 :]
        slope = (last[-1] - last[0]) / max(1, len(last) - 1) / 1.2
        words = (
            f"{before[-1]:.0f} MB after {count} requests (goal 200), grown by {before[-1] - before[0]:.1f} MB "
            f"(goal 64), {slope:.2f} MB for each 10,000 of the later half (goal 1)"
        )
        print(f"G11: {words}")
        gates.note("G11", "door", words, met=before[-1] <= 200 and before[-1] - before[0] <= 64 and slope < 1)


def processor(pid: int) -> float:
    """Seconds of the processor that the process has had."""
    words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


def memory(pid: int) -> float:
    """Megabytes that the process holds."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1_000_000
