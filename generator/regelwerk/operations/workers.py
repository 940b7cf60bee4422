"""Work spread over processes: results in the order of the work, and nothing lost.

A worker that is killed costs only time: what it had is done again. Killed twice, the whole run ends
with an error, never with half a result.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import chain, islice
from typing import Any, Generic, TypeVar

from regelwerk.errors import RegelwerkError

Tool = TypeVar("Tool")
Item = TypeVar("Item")
Result = TypeVar("Result")

_AHEAD = 3  # pieces a worker has waiting, so that it never waits itself


class Workers(Generic[Tool]):
    """Processes that each hold a tool and apply functions of it; `jobs` of 1 works right here.

    `make` makes the tool; it must be picklable where processes cannot be forked.
    """

    def __init__(self, make: Callable[[], Tool], jobs: int) -> None:
        self._make = make
        self.jobs = jobs
        self._own: Tool | None = None

    @property
    def tool(self) -> Tool:
        """The tool of this process."""
        if self._own is None:
            self._own = self._make()
        return self._own

    def map(
        self, work: Callable[[Tool, Item], Result], items: Iterable[Item]
    ) -> Iterator[tuple[Item, Result]]:
        """Each item with its result, in order; items are taken as they are needed."""
        items = iter(items)
        first = list(islice(items, 2))
        if self.jobs <= 1 or len(first) < 2:
            for item in chain(first, items):
                yield item, work(self.tool, item)
            return
        yield from self._spread(work, chain(first, items))

    def _spread(
        self, work: Callable[[Tool, Item], Result], items: Iterator[Item]
    ) -> Iterator[tuple[Item, Result]]:
        waiting: deque[Item] = deque()
        for attempt in (1, 2):
            again = waiting
            waiting = deque()
            pool = self._pool()
            futures: deque[Future[Result]] = deque()
            try:
                for item in chain(again, items):
                    waiting.append(item)
                    with _held_back():
                        futures.append(pool.submit(_apply, work, item))
                    if len(futures) >= self.jobs * _AHEAD:
                        yield self._next(waiting, futures)
                while futures:
                    yield self._next(waiting, futures)
            except BrokenProcessPool as error:
                if attempt == 2:
                    raise RegelwerkError(
                        "a worker process was killed twice, perhaps for want of memory; nothing is "
                        "known of the rest",
                        "try again with --jobs 1",
                    ) from error
                continue
            except KeyboardInterrupt:
                _kill(pool)
                raise
            finally:
                pool.shutdown(wait=True, cancel_futures=True)
            return

    @staticmethod
    def _next(waiting: deque[Item], futures: deque[Future[Result]]) -> tuple[Item, Result]:
        result = futures[0].result()
        futures.popleft()
        return waiting.popleft(), result

    def _pool(self) -> ProcessPoolExecutor:
        if _can_fork():
            tool = self.tool  # made once, before the fork, and shared
            return ProcessPoolExecutor(
                self.jobs, multiprocessing.get_context("fork"), _begin, (lambda: tool,)
            )
        return ProcessPoolExecutor(
            self.jobs, multiprocessing.get_context("spawn"), _begin, (self._make,)
        )


@contextmanager
def _held_back() -> Iterator[None]:
    """Let Ctrl-C wait: in the midst of starting a process, Python would lose it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _kill(pool: ProcessPoolExecutor) -> None:
    """Do not wait for what nobody wants any more."""
    for process in list((getattr(pool, "_processes", None) or {}).values()):
        process.kill()


def _can_fork() -> bool:
    return sys.platform == "linux"


def cores() -> int:
    """How many processes can work at once."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


_tool: Any = None


def _begin(make: Callable[[], Any]) -> None:
    """In a new worker: make its tool, and leave Ctrl-C to the process that waits for it."""
    global _tool  # noqa: PLW0603 - the one thing a worker process has
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _end_with_parent()
    _tool = make()


def _end_with_parent() -> None:
    """Have the system end this process when the one that began it is gone, however it went."""
    if sys.platform != "linux":
        return  # elsewhere it ends when it next asks for work
    import ctypes

    set_death_signal = 1  # PR_SET_PDEATHSIG, prctl(2)
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(set_death_signal, signal.SIGKILL)
    if multiprocessing.parent_process() is None or os.getppid() == 1:
        os._exit(1)  # it went before we asked


def _apply(work: Callable[[Any, Any], Any], item: Any) -> Any:  # noqa: ANN401
    return work(_tool, item)
