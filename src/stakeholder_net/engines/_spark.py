"""Apache Spark: SQL and the graph package that its jars bring. Tables come and go as Parquet, never as frames."""

from __future__ import annotations

import importlib
import os
import re
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, Self

from stakeholder_net.engines._engine import Tell
from stakeholder_net.engines._graphs import NAMED, number_actors
from stakeholder_net.engines._java import JAVA_HINT, check_java, find_java
from stakeholder_net.errors import StakeholderNetError
from stakeholder_net.records._sharing import Sharing

__all__ = ["OnSpark"]

PARCELS: Final = 4  # that each processor of the cluster gets of a work that is shared out
STANDS: Final = 1e-9  # change of a value from which GraphX stops


class OnSpark:
    """A session of its own within the Spark that is there, or that is started on this machine.

    Parameters
    ----------
    spark : pyspark.sql.SparkSession
    output : pathlib.Path
        What is written.
    """

    def __init__(self, spark: Any, output: Path) -> None:  # noqa: ANN401 - pyspark ships no types that mypy reads
        self.spark, self.output = spark, output
        self.share = Sharing(PARCELS * int(spark.sparkContext.defaultParallelism), self._share_out)

    @classmethod
    @contextmanager
    def open(cls, output: Path, memory: str | None) -> Iterator[Self]:
        """Take the active session, or start Spark; its names of tables are nobody else's."""
        from pyspark.sql import SparkSession  # noqa: PLC0415 - heavy, and an extra

        with warnings.catch_warnings():  # of pandas 3, as soon as anything is sent: no frame of ours ever is
            warnings.simplefilter("ignore", FutureWarning)
            importlib.import_module("pyspark.testing.utils")
        there = SparkSession.getActiveSession() or _start(memory)
        if ".connect." in f"{type(there).__module__}.":
            raise StakeholderNetError(
                "The active session is one of Spark Connect, which has no GraphX and cannot share out names.",
                "Start a classic session, or stop it: one on this machine is then started.",
            )
        spark = there.newSession()
        spark.conf.set("spark.sql.ansi.enabled", "true")
        if spark.sparkContext.master.startswith("local"):  # else whoever set up the cluster knows better
            spark.conf.set("spark.sql.shuffle.partitions", str(spark.sparkContext.defaultParallelism))
        yield cls(spark, output)

    def view(self, name: str, path: Path) -> None:
        """Give a Parquet file, or a folder of such files, a name."""
        self.spark.read.parquet(_no_pattern(path)).createOrReplaceTempView(name)

    def table(self, name: str, sql: str) -> None:
        """Work out a table now, and forget how it came about: after many rounds that would be too long to plan."""
        self.spark.sql(sql).localCheckpoint().createOrReplaceTempView(name)

    def figure(self, sql: str) -> float:
        """Return the one figure that a query gives."""
        return float(self.spark.sql(sql).first()[0] or 0.0)

    def write(self, sql: str, output: Path) -> None:
        """Write what a query gives as one Parquet file."""
        with tempfile.TemporaryDirectory(dir=output.parent) as folder:
            self.spark.sql(sql).coalesce(1).write.parquet(_plain(Path(folder, "out")))
            next(Path(folder, "out").glob("*.parquet")).replace(output)

    def graphx(self, algorithm: str, output: Path, tell: Tell) -> None:
        """Have GraphX find components or PageRank of undirected ties, each of which counts 1."""
        context = self.spark.sparkContext
        jvm = context._jvm  # noqa: SLF001 - the only door to GraphX
        level, tag = (
            jvm.org.apache.spark.storage.StorageLevel.MEMORY_AND_DISK(),
            jvm.scala.reflect.ClassTag.Int(),
        )
        package, parts = jvm.org.apache.spark.graphx, int(context.defaultParallelism)
        number_actors(self, "1")
        # where all machines reach it; where this is the only one, out of the way of what a folder may be called
        beside = None if context.master.startswith("local") else self.output.parent
        with tempfile.TemporaryDirectory(dir=beside) as folder:
            arcs, found = _plain(Path(folder, "arcs")), _plain(Path(folder, "found"))
            self.spark.sql("select concat_ws(' ', one, other) as value from arcs").write.text(arcs)
            tell(f"{algorithm}: GraphX")
            graph = package.GraphLoader.edgeListFile(context._jsc.sc(), arcs, False, parts, level, level)  # noqa: FBT003, SLF001
            if algorithm == "components":
                made = package.lib.ConnectedComponents.run(graph, tag, tag)
            else:
                made = package.lib.PageRank.runUntilConvergence(graph, STANDS, 0.15, tag, tag)
            # one line a vertex, "(number,value)": the one form in which a Scala pair crosses over
            made.vertices().toJavaRDD().saveAsTextFile(found)
            pairs = self.spark.read.text(found).selectExpr(
                "split(substring(value, 2, length(value) - 2), ',') as pair"
            )
            figure = "cast(pair[1] as double)"
            pairs.selectExpr(
                "cast(pair[0] as bigint) as number", f"{figure} as value", f"{figure} as label"
            ).createOrReplaceTempView("place")
            self.write(NAMED[algorithm], output)

    def _share_out(self, work: Callable[[Any, Any], Any], held: object, parts: Sequence[Any]) -> list[Any]:
        """Send what all parts need to every machine once, and the parts to whoever is free."""
        if not parts:
            return []
        context = self.spark.sparkContext
        box = context.broadcast(held)
        try:
            return list(
                context.parallelize(list(parts), len(parts)).map(lambda part: work(box.value, part)).collect()
            )
        finally:
            box.destroy()


def _start(memory: str | None) -> Any:  # noqa: ANN401
    """Start Spark on this machine; what its Java says is kept out of sight and told when it does not start."""
    from pyspark import SparkConf, SparkContext  # noqa: PLC0415
    from pyspark.java_gateway import launch_gateway  # noqa: PLC0415
    from pyspark.sql import SparkSession  # noqa: PLC0415

    check_java(find_java(os.environ.get("JAVA_HOME")))
    # else another Python of this machine, without our packages, would do the work
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    settings = SparkConf(loadDefaults=False).setMaster("local[*]").setAppName("stakeholder_net")
    settings.set("spark.ui.enabled", "false").set("spark.driver.memory", memory or "2g")
    settings.set("spark.log.level", "ERROR").set("spark.sql.adaptive.enabled", "true")
    # this machine talks to itself alone
    settings.set("spark.driver.host", "127.0.0.1").set("spark.driver.bindAddress", "127.0.0.1")
    with tempfile.TemporaryFile() as said:
        try:
            gateway = launch_gateway(conf=settings, popen_kwargs={"stdout": said, "stderr": said})
            return SparkSession(SparkContext(conf=settings, gateway=gateway))
        except Exception as error:
            said.seek(0)
            lines = [line for line in said.read().decode("utf-8", "replace").splitlines() if line.strip()]
            told = next((line for line in lines if "rror" in line or "xception" in line), str(error))
            raise StakeholderNetError(f"Apache Spark did not start: {told.strip()}", JAVA_HINT) from error


def _plain(path: Path) -> str:
    return path.resolve().as_posix()


def _no_pattern(path: Path) -> str:
    """Take their meaning from the signs that Spark reads as a pattern."""
    return re.sub(r"([\[\]{}*?])", r"\\\1", path.resolve().as_posix())
