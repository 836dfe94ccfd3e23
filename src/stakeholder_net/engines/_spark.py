"""Apache Spark: SQL and the graph package that its jars bring. Tables come and go as Parquet, never as frames."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any, Final

__all__ = ["graphx", "run_on_spark", "session"]

PARTS: Final = 8
NUMBERED: Final = "select actor_id, row_number() over (order by actor_id) - 1 as number from ({actors})"
ENDS: Final = "select source as actor_id from ties union select target as actor_id from ties"
ARCS: Final = """
select concat_ws(' ', a.number, b.number) as value from ties
join numbered a on ties.source = a.actor_id join numbered b on ties.target = b.actor_id
union all
select concat_ws(' ', b.number, a.number) as value from ties
join numbered a on ties.source = a.actor_id join numbered b on ties.target = b.actor_id
"""
NAMED: Final = {
    "components": """
select one.actor_id, first.actor_id as value from found
join numbered one on found.number = one.number
join numbered first on cast(found.value as bigint) = first.number
order by one.actor_id
""",
    "pagerank": """
select one.actor_id, found.value / sum(found.value) over () as value from found
join numbered one on found.number = one.number
order by one.actor_id
""",
}


def session(memory: str | None) -> Any:  # noqa: ANN401 - pyspark ships no types that mypy may read
    """Return the session that is there, or one on this machine."""
    from pyspark.sql import SparkSession  # noqa: PLC0415 - heavy, and an extra

    build = SparkSession.builder.appName("stakeholder_net").config("spark.ui.enabled", "false")
    build = build.config("spark.sql.shuffle.partitions", str(PARTS)).config("spark.sql.ansi.enabled", "true")
    if SparkSession.getActiveSession() is None:
        build = build.master("local[*]").config("spark.driver.memory", memory or "2g")
        build = build.config("spark.log.level", "ERROR")
    return build.getOrCreate()


def run_on_spark(sql: str, tables: dict[str, Path], output: Path, memory: str | None) -> None:
    """Write what the query gives as one sorted Parquet file."""
    spark = session(memory)
    for name, path in tables.items():
        spark.read.parquet(str(path)).createOrReplaceTempView(name)
    _write_one(spark.sql(sql), output)


def graphx(ties: Path, output: Path, algorithm: str, memory: str | None) -> None:
    """Run an algorithm of GraphX over undirected ties; write ``actor_id`` and ``value``."""
    spark = session(memory)
    jvm, jsc = spark.sparkContext._jvm, spark.sparkContext._jsc.sc()  # noqa: SLF001 - the only door to GraphX
    level = jvm.org.apache.spark.storage.StorageLevel.MEMORY_AND_DISK()
    tag = jvm.scala.reflect.ClassTag.Int()
    spark.read.parquet(str(ties)).createOrReplaceTempView("ties")
    spark.sql(NUMBERED.format(actors=ENDS)).createOrReplaceTempView("numbered")
    with tempfile.TemporaryDirectory() as folder:
        arcs, found = f"{folder}/arcs", f"{folder}/found"
        spark.sql(ARCS).write.text(arcs)
        package = jvm.org.apache.spark.graphx
        graph = package.GraphLoader.edgeListFile(jsc, arcs, False, PARTS, level, level)  # noqa: FBT003
        if algorithm == "components":
            made = package.lib.ConnectedComponents.run(graph, tag, tag)
        else:
            made = package.lib.PageRank.runUntilConvergence(graph, 1e-9, 0.15, tag, tag)
        # one line a vertex, "(number,value)": the one form in which a Scala pair crosses over
        made.vertices().toJavaRDD().saveAsTextFile(found)
        lines = spark.read.text(found).selectExpr(
            "split(substring(value, 2, length(value) - 2), ',') as pair"
        )
        lines.selectExpr(
            "cast(pair[0] as bigint) as number", "cast(pair[1] as double) as value"
        ).createOrReplaceTempView("found")
        _write_one(spark.sql(NAMED[algorithm]), output)


def _write_one(frame: Any, output: Path) -> None:  # noqa: ANN401
    with tempfile.TemporaryDirectory(dir=output.parent) as folder:
        frame.coalesce(1).write.mode("overwrite").parquet(f"{folder}/out")
        part = next(Path(folder, "out").glob("*.parquet"))
        part.replace(output)
