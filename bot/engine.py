"""The durable engine: work that survives the death of any process. The only home of DBOS.

A task is a name and a few ids. Asking for it commits together with the rows it is about; asking twice is asking once.
"""

from __future__ import annotations

import logging
import os
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from dbos import DBOS, DBOSClient, DBOSPortableJSONSerializer, EnqueueOptions, PortableWorkflowError, StepOptions, error

from bot.takeover import OneWorker, Takeover
from bot.trying import Perform, Trying, Way
from storage import tries
from storage.database import Store, Tx, driverless

log = logging.getLogger(__name__)

VERSION = "kierto-1"  # steps are append-only under one version; another version strands what is under way
WORKFLOW = "kierto.task"
IN_LINE = "kierto.line"  # of a lane in which nobody overtakes
BURIAL = "kierto.burial"  # of a task that the engine itself has given up
DEAD = 100
"""Times a task is taken up at all, whoever's fault it was that it did not end."""
GIVEN_UP = "MAX_RECOVERY_ATTEMPTS_EXCEEDED"
CONNECTIONS = 6  # of the engine's own, beside those of `storage.database.POOL`


@dataclass(frozen=True, slots=True)
class Lane:
    """A queue: how much of one company's work may be under way at once, and of all companies' together.

    ``by_subject``: one at a time for each subject instead, so that an older picture never replaces a newer one.
    ``by_place``: one at a time for each place (a task's second argument), in the order of asking and in all processes
    together. While Slack is away the first one waits there, and the others behind it.
    ``poll``: seconds between two looks at what waits. Each look costs the database some questions and the worker a few
    milliseconds of its processor, so that only what a person waits for is looked at often.
    """

    name: str
    each: int
    all: int
    by_subject: bool = False
    by_place: bool = False
    poll: float = 0.1

    @property
    def singly(self) -> bool:
        """One at a time in each of its partitions."""
        return self.by_subject or self.by_place

    def partition(self, company: str, args: list[str]) -> str:
        """Within what the lane's order and limit hold."""
        return args[1] if self.by_place else ":".join(args) if self.by_subject else company


LANES = (
    Lane("hear", 4, 16),
    Lane("transfers", 8, 32, poll=0.2),
    Lane("approvals", 4, 16, poll=0.05),
    Lane("tell", 1, 16, by_subject=True, poll=0.2),
    Lane("channels", 1, 32, by_place=True, poll=0.3),
    Lane("away", 2, 8, poll=0.5),  # other people's servers, which may be slow
)
NAMED = {lane.name: lane for lane in LANES}
PATIENCE = timedelta(seconds=15), timedelta(hours=24)
"""How long the first in line waits between two attempts while Slack is away, and how long altogether."""

_QUEUES = """
SELECT queue_name,
       sum(CASE WHEN status <> 'DELAYED' THEN 1 ELSE 0 END),
       sum(CASE WHEN status = 'DELAYED' THEN 1 ELSE 0 END),
       min(CASE WHEN status = 'DELAYED' THEN NULL
                WHEN delay_until_epoch_ms > created_at THEN delay_until_epoch_ms ELSE created_at END)
FROM workflow_status
WHERE status IN ('ENQUEUED', 'PENDING', 'DELAYED') AND queue_name IS NOT NULL
GROUP BY queue_name
"""

Passes = Callable[[Exception], bool]
Bury = Callable[[str, list[str], Exception], None]


@dataclass(frozen=True, slots=True)
class Queue:
    """Of a lane: tasks that wait or run, tasks whose time has not come, and since when the oldest could have run."""

    waiting: int = 0
    later: int = 0
    oldest: datetime | None = None


class Engine:
    """Asks for work. Every process has one; only a `Worker` also does it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        serializer = DBOSPortableJSONSerializer()
        self._client = DBOSClient(system_database_engine=store.engine, serializer=serializer, lazy=True)

    def soon(
        self,
        tx: Tx,
        lane: str,
        task: str,
        key: str,
        company: str,
        args: list[str],
        after: float = 0.0,
        order: int = 0,
    ) -> None:
        """Asks, inside ``tx``, for ``task`` to be done once for this ``key``, ``after`` seconds or later.

        Of what waits in a lane the lowest ``order`` comes first.
        """
        options: EnqueueOptions = {
            "workflow_name": IN_LINE if NAMED[lane].by_place else WORKFLOW,
            "queue_name": lane,
            "workflow_id": f"{task}:{company}:{key}",
            "app_version": VERSION,
            "queue_partition_key": NAMED[lane].partition(company, args),
        }
        if order > 0:
            options["priority"] = order
        if after > 0:
            options["delay_seconds"] = after
        self._client.enqueue_in_transaction(tx, options, task, args)

    def queues(self) -> dict[str, Queue]:
        """What waits in each lane, counted by the database: ten thousand tasks are five rows."""
        found = {lane.name: Queue() for lane in LANES}
        with self._store.read() as tx:
            table = tries.works(tx).fullname
            for lane, waiting, later, oldest in tx.exec_driver_sql(_QUEUES.replace("workflow_status", table)):
                since = datetime.fromtimestamp(oldest / 1000, UTC) if oldest else None
                found[lane] = Queue(int(waiting or 0), int(later or 0), since)
        return found

    def backlog(self) -> dict[str, int]:
        """How many tasks wait or run or have their time still to come, by lane."""
        return {lane: queue.waiting + queue.later for lane, queue in self.queues().items()}

    def bury(self) -> int:
        """Has what the engine itself has given up buried, each once; gives how much that was."""
        dead = self._client.list_workflows(status=GIVEN_UP, load_output=False, limit=100)
        with self._store.write() as tx:
            for work in dead:
                task, args = (work.input or {"args": ["?", []]})["args"]
                options: EnqueueOptions = {
                    "workflow_name": BURIAL, "queue_name": "hear", "workflow_id": f"bury:{work.workflow_id}",
                    "app_version": VERSION, "queue_partition_key": "dead",
                }  # fmt: skip
                self._client.enqueue_in_transaction(tx, options, task, list(args))
        if dead:
            self._client.delete_workflows([work.workflow_id for work in dead])
        return len(dead)

    def tidy(self, keep: timedelta) -> int:
        """Forgets finished tasks older than ``keep``; their ids could only repeat work that is long settled."""
        before = (datetime.now(UTC) - keep).isoformat()
        old = self._client.list_workflows(
            completed_before=before, status=["SUCCESS", "ERROR", "CANCELLED"], load_input=False, load_output=False
        )
        ids = [work.workflow_id for work in old]
        if ids:
            self._client.delete_workflows(ids)
        return len(ids)

    def close(self) -> None:
        self._client.destroy()


def migrate(url: str) -> None:
    """Creates or updates the engine's own tables."""
    DBOS.migrate(driverless(url))


class Worker:
    """Does the work. One per machine on SQLite (a file lock sees to it), any number on PostgreSQL."""

    def __init__(
        self,
        store: Store,
        perform: Perform,
        bury: Bury,
        passes: Passes = lambda _: False,
        at_fault: Passes = lambda _: True,
        aside: Perform | None = None,
    ) -> None:
        """``passes`` says whether a failure goes by itself, so that who stands in line waits for its end.

        ``at_fault`` says whether a failure was the task's own doing. ``aside`` carries out what was under way too often
        when a worker died.
        """
        self._store = store
        self._passes = passes
        self._only = OneWorker(store.url) if store.embedded else None
        self._id = "kierto" if store.embedded else f"kierto-{os.getpid()}-{uuid.uuid4().hex[:8]}"
        self._takeover: Takeover | None = None
        self._trying = Trying(store, perform, aside, at_fault)
        self._bury = bury

    def start(self) -> None:
        """Begins. Raises `bot.takeover.Occupied` when another worker holds the SQLite file."""
        if self._only:
            self._only.take()
        DBOS.destroy(destroy_registry=True)
        DBOS(
            config={
                "name": "kierto",
                "system_database_url": driverless(self._store.url),
                "sys_db_pool_size": CONNECTIONS,
                "application_version": VERSION,
                "executor_id": self._id,
                "serializer": DBOSPortableJSONSerializer(),
                "log_level": "WARNING",
                "run_migrations": True,
                "enable_otlp": False,
            }
        )
        for name, passes in ((WORKFLOW, None), (IN_LINE, self._passes)):
            DBOS.workflow(name=name, max_recovery_attempts=DEAD)(_workflow(self._trying.way, self._bury, passes))
        DBOS.workflow(name=BURIAL, max_recovery_attempts=DEAD)(_burial(self._bury))
        if not self._store.embedded:
            self._takeover = Takeover(self._store.url, self._id)
            self._takeover.hold()
        DBOS.launch()
        for lane in LANES:
            DBOS.register_queue(
                lane.name,
                worker_concurrency=lane.all,
                partition_concurrency=1 if lane.singly else None,
                partition_worker_concurrency=None if lane.singly else lane.each,
                polling_interval_sec=lane.poll,
            )
        if self._takeover:
            self._takeover.start()
        self._trying.watch.start()

    def stop(self) -> None:
        """Lets what runs end, takes up nothing new."""
        self._trying.watch.stop()
        if self._takeover:
            self._takeover.stop()
        DBOS.destroy(workflow_completion_timeout_sec=5)
        if self._only:
            self._only.give()


class GivenUp(RuntimeError):
    """The engine handed a task out time and again, and it never came to an end."""


def _burial(bury: Bury) -> Callable[[str, list[str]], None]:
    def carry_out(task: str, args: list[str]) -> None:
        DBOS.run_step({"name": f"bury {task}"}, bury, task, args, GivenUp())

    return carry_out


def _workflow(way: Way, bury: Bury, passes: Passes | None) -> Callable[[str, list[str]], None]:
    pause, longest = PATIENCE

    def carry_out(task: str, args: list[str]) -> None:
        perform, attempts = way(str(DBOS.workflow_id))
        options: StepOptions = {"name": task, "retries_allowed": True, "max_attempts": attempts}
        for left in reversed(range(longest // pause)):
            try:
                DBOS.run_step(options, perform, task, args)
                return
            except error.DBOSMaxStepRetriesExceeded as tired:
                failed: Exception = tired.errors[-1] if tired.errors else tired
            except PortableWorkflowError as told:  # by a worker that died before it was buried
                failed = told
            if passes is None or not left or not (isinstance(failed, PortableWorkflowError) or passes(failed)):
                break
            DBOS.sleep(pause.total_seconds())
        log.error("task %s gave up after %d attempts: %s", task, attempts, type(failed).__name__)
        DBOS.run_step({"name": f"bury {task}"}, bury, task, args, failed)

    return carry_out
