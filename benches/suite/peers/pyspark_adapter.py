"""Spark MLlib's MinHashLSH, `local[threads]`: its tables are one hash each, and the join verifies exactly."""

import sys

from pyspark.ml.feature import CountVectorizer, MinHashLSH
from pyspark.sql import SparkSession
from pyspark.sql.functions import col

import protocol


def tables(job):
    """The fewest tables of one hash that find as much at the threshold as the bands of the job."""
    missed = (1 - job["threshold"] ** job["rows"]) ** job["bands"]
    return next(n for n in range(1, 1000) if (1 - job["threshold"]) ** n <= missed)


def pairs(keys, job, clock):
    with clock.measure("glue"):
        rows = [(at, list(protocol.grams(key))) for at, key in enumerate(keys)]
    with clock.measure("core"):
        spark = (SparkSession.builder.master(f"local[{job['threads']}]").config("spark.driver.memory", "8g")
                 .config("spark.ui.enabled", "false").config("spark.sql.shuffle.partitions", 2 * job["threads"])
                 .getOrCreate())
        cores = spark.sparkContext.defaultParallelism
        assert cores == job["threads"], cores
        frame = spark.createDataFrame(rows, ["at", "grams"])
        counted = CountVectorizer(inputCol="grams", outputCol="features", binary=True).fit(frame).transform(frame)
        counted = counted.select("at", "features").cache()
        model = MinHashLSH(inputCol="features", outputCol="hashes", numHashTables=tables(job), seed=42).fit(counted)
        joined = model.approxSimilarityJoin(counted, counted, 1 - job["threshold"] + 1e-9, distCol="distance")
        picked = joined.select(col("datasetA.at").alias("a"), col("datasetB.at").alias("b")).where("a < b")
        found = [(row.a, row.b) for row in picked.collect()]
        spark.stop()
    return found


def setting(job):
    return tables(job), 1


if __name__ == "__main__":
    protocol.main("pyspark", sys.modules[__name__])
