"""A Spark session, for as long as it is needed; what it says itself goes to a file."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from regelwerk.errors import MissingExtraError, RegelwerkError, UsageError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_LEAST_JAVA = 17
_LOCAL = re.compile(r"local(?:\[(\d+|\*)\])?")
_ATTEMPTS = 4  # at a piece of work whose process is killed, as on a cluster
_SETTINGS: Final = {
    # A file that is gone or damaged fails the run instead of being left out.
    "spark.sql.files.ignoreCorruptFiles": "false",
    "spark.sql.files.ignoreMissingFiles": "false",
    "spark.sql.caseSensitive": "true",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "1000",
    "spark.sql.execution.arrow.maxBytesPerBatch": str(16 * 1024 * 1024),
}


@contextmanager
def spark_session(master: str) -> Iterator[SparkSession]:
    """A session on that master; Spark's own errors come out as RegelwerkError.

    MissingExtraError without pyspark, UsageError without a Java that can run it.
    """
    _require()
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    local = _LOCAL.fullmatch(master)
    if local is not None:
        os.environ["PYSPARK_PYTHON"] = sys.executable
        master = f"local[{local[1] or 1},{_ATTEMPTS}]"
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    handle, name = tempfile.mkstemp(prefix="regelwerk-spark-", suffix=".log")
    log = Path(name)
    keep = False
    try:
        with warnings.catch_warnings():
            # What pyspark says of the versions of other packages is nothing that users can mend.
            warnings.filterwarnings("ignore", module="pyspark")
            with os.fdopen(handle, "wb") as file:
                session = _started(master, file.fileno(), is_local=local is not None)
            try:
                for key, value in _SETTINGS.items():
                    session.conf.set(key, value)
                yield session
            finally:
                session.stop()
    except (Py4JError, PySparkException) as error:
        keep = True
        raise RegelwerkError(
            f"Spark could not go on, and nothing is known of the records: {_reason(error)}",
            f"what Spark said is in {log}",
        ) from error
    finally:
        if not keep:
            log.unlink(missing_ok=True)


def _require() -> None:
    try:
        import pyarrow as pa
        import pyspark
    except ImportError as error:
        missing = error.name or "pyspark"
        raise MissingExtraError(
            f"--engine spark needs the package {missing}", "pip install 'regelwerk[spark]'"
        ) from None
    del pa, pyspark
    version = _java_version()
    hint = f"install Java {_LEAST_JAVA} or later, such as openjdk-17-jre-headless, or set JAVA_HOME"
    if version is None:
        raise UsageError("Spark needs Java, which is not installed here", hint)
    if version < _LEAST_JAVA:
        raise UsageError(f"Spark needs Java {_LEAST_JAVA}; the one here is {version}", hint)


def _java_version() -> int | None:
    """The major version of the Java that Spark will use; None where there is none."""
    home = os.environ.get("JAVA_HOME")
    program = str(Path(home) / "bin" / "java") if home else shutil.which("java")
    if program is None:
        return None
    try:
        said = subprocess.run(  # noqa: S603 - Java as Spark itself starts it
            [program, "-version"], capture_output=True, text=True, errors="replace", check=False
        )
    except OSError:
        return None
    match = re.search(r'version "(\d+)(?:\.(\d+))?', said.stderr + said.stdout)
    if match is None:
        return None
    major = int(match[1])
    return int(match[2]) if major == 1 and match[2] else major


def _started(master: str, log: int, *, is_local: bool) -> SparkSession:
    from pyspark import SparkConf, SparkContext
    from pyspark.java_gateway import launch_gateway
    from pyspark.sql import SparkSession

    conf = SparkConf().setMaster(master).setAppName("regelwerk")
    conf.set("spark.ui.showConsoleProgress", "false").set("spark.log.level", "ERROR")
    if is_local:
        conf.set("spark.ui.enabled", "false").set("spark.sql.shuffle.partitions", "8")
        conf.set("spark.driver.bindAddress", "127.0.0.1").set("spark.driver.host", "127.0.0.1")
    gateway = SparkContext._gateway  # noqa: SLF001 - of an earlier session in this process
    if gateway is None:
        launch: Any = launch_gateway
        gateway = launch(conf, {"stdout": log, "stderr": log})
    return SparkSession(SparkContext(conf=conf, gateway=gateway))


def _reason(error: Exception) -> str:
    """The line of a chain of Java errors that says most."""
    lines = [line.strip() for line in str(error).splitlines()]
    told = [line for line in lines if re.match(r"(Caused by: )?[\w.$]+(Error|Exception): \S", line)]
    chosen = told[-1] if told else next((line for line in lines if line), type(error).__name__)
    return re.sub(r"^(Caused by: )?([\w$]+\.)+(?=\w+(Error|Exception):)", "", chosen)[:300]
