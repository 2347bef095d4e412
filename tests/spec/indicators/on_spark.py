"""Spark as the specs want it: small, and asked as the tables in memory are."""

from vft.lake.on_spark import Spark


class OnSpark:
    """A lake on Spark, asked as the tables in memory are; ``beside``: those of the panel."""

    def __init__(self, lake, beside=()):
        from pyspark.sql import SparkSession

        self.panel = {name: beside[name] for name in beside if name.startswith("panel_")}

        builder = SparkSession.builder.master("local[2]")
        settings = {
            "spark.ui.enabled": "false",
            "spark.sql.shuffle.partitions": "1",
            "spark.default.parallelism": "1",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.host": "127.0.0.1",
            "spark.driver.memory": "2g",
            # a handful of rows: planning is all the work there is
            "spark.sql.adaptive.enabled": "false",
            "spark.sql.codegen.wholeStage": "false",
        }
        for name, value in settings.items():
            builder = builder.config(name, value)
        self.engine = Spark(lake, session=builder.getOrCreate())

    def __call__(self, name, *, months=None):
        if name in self.panel:
            found = self.engine.given(self.panel[name])
            return found if months is None else found.filter(found.month.isin(list(months)))
        return self.engine.table(name, months=months)

    def settled(self, expr):
        return self.engine.settled(expr)

    def arrow(self, expr):
        return self.engine.arrow(expr)
