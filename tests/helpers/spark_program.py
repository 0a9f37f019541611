"""Spark in a process of its own, for the tests: a request in JSON on each line, an answer to each.

Run by the Python that has py4j, with Spark's own Python files on PYTHONPATH. Everything stays on
this machine: one local session, bound to the loopback address, without its web interface.
"""

import json
import sys
from pathlib import Path
from typing import Any

from pyspark.sql import SparkSession

SETTINGS = {
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",  # starts quickly
    "spark.driver.host": "127.0.0.1",
    "spark.sql.shuffle.partitions": "2",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}


def main(folder: Path) -> None:
    builder = SparkSession.builder.master("local[2]")
    builder = builder.config("spark.local.dir", str(folder))
    builder = builder.config("spark.sql.warehouse.dir", str(folder / "warehouse"))
    for key, value in SETTINGS.items():
        builder = builder.config(key, value)
    spark = builder.getOrCreate()
    print(json.dumps(spark.version), flush=True)
    for line in sys.stdin:
        try:
            answer = {"answer": answer_to(spark, json.loads(line))}
        except Exception as error:  # noqa: BLE001 (the test shows what it was)
            answer = {"error": str(error)}
        print(json.dumps(answer), flush=True)
    spark.stop()


def answer_to(spark: SparkSession, request: dict[str, Any]) -> object:
    """Makes a view of a file, or writes the rows of a query to a folder."""
    if "view" in request:
        reader = spark.read.schema(request["schema"]).options(**request["options"])
        reader.format(request["format"]).load(request["file"]).createOrReplaceTempView(
            request["view"]
        )
        return None
    rows = spark.sql(request["query"])
    rows.write.json(request["folder"], ignoreNullFields=False)
    return rows.columns


if __name__ == "__main__":
    main(Path(sys.argv[1]))
