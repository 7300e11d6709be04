"""Relating a corpus on Apache Spark: the kernels of one machine, a task for any two blocks of passages.

`tui corpus relate --spark` goes by `spark_run`, notebooks by `spark_relating`. Needs the extra `[spark]`
and Java; nothing else imports pyspark.
"""
