"""Gristmill every night from Airflow: one task, since Gristmill knows its own steps.

Change the constants below. Needs apache-airflow-providers-apache-spark and a connection
``spark_default``; its deploy mode must be client, so that the exit code arrives here.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone

from airflow import DAG
from airflow.exceptions import AirflowException, AirflowFailException, AirflowSkipException
from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator

JAR = "/opt/gristmill/gristmill.jar"
CONF = "/opt/gristmill/conf/nightly.conf"
ROOT = "s3a://corpus/gristmill"

MISTAKE, QUARANTINE, LOCKED = 2, 3, 4


def outcome(message: str) -> Exception | None:
    """What a failed spark-submit means; None if a retry may help.

    Exit 1 is the machine's: Airflow tries again. 2 (the conf is wrong) and 3 (more quarantined than
    the conf allows) need a person and fail at once. 4 (another run holds the lock) is skipped.
    """
    found = re.search(r"Error code is:? *(\d+)", message)
    code = int(found.group(1)) if found else 1
    if code == MISTAKE:
        return AirflowFailException("the conf has mistakes; they are listed in the log above")
    if code == QUARANTINE:
        return AirflowFailException("finished, but more was quarantined than the conf allows")
    if code == LOCKED:
        return AirflowSkipException("another run is at work on this root")
    return None


class Gristmill(SparkSubmitOperator):
    """spark-submit that tells Gristmill's exit codes apart."""

    def execute(self, context):
        try:
            return super().execute(context)
        except AirflowException as failure:
            meaning = outcome(str(failure))
            if meaning is None:
                raise
            raise meaning from failure


with DAG(
    dag_id="gristmill_nightly",
    description="New raw text in, clean, deduplicated, packed shards out",
    schedule="30 2 * * *",
    start_date=datetime(2026, 1, 1, tzinfo=timezone.utc),
    # A run reads whatever is new, so missed nights need no runs of their own.
    catchup=False,
    max_active_runs=1,
    dagrun_timeout=timedelta(hours=12),
    default_args={"retries": 3, "retry_delay": timedelta(minutes=10)},
    tags=["corpus"],
) as dag:
    Gristmill(
        task_id="run",
        conn_id="spark_default",
        application=JAR,
        java_class="org.gristmill.jobs.Main",
        application_args=["run", CONF],
        name="gristmill-nightly",
        driver_memory="6g",
        executor_memory="12g",
        executor_cores=4,
        num_executors=8,
        env_vars={"CORPUS_ROOT": ROOT},
    )
