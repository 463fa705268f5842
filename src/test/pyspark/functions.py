"""Filters as functions of SQL in a real PySpark, beside `gristmill judge` on the same texts.

    python -m pip install pyspark==4.1.0
    ./gristmill list filters >/dev/null          # builds the jar
    python src/test/pyspark/functions.py jobs/target/gristmill.jar
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from pyspark.errors import PySparkException
from pyspark.sql import SparkSession
from pyspark.sql.functions import expr

HOME = Path(__file__).resolve().parents[3]
FILTERS = ["length", "gopher-quality", "gopher-repetition", "c4-lines", "fineweb-quality", "language"]
TEXTS = [
    "The mill on the river grinds the grain of the valley, and the people of the village have bread.",
    "The mill on the river grinds the grain of the valley.\n" * 12,
    "磨坊在河边。它磨出了山谷里的粮食,村里的人有面包吃。" * 6,
    "x",
    "- one\n- two\n- three\n- four ...",
]


def judged(name: str, folder: Path) -> list[dict]:
    """What the command line says of the texts."""
    conf = folder / f"{name}.conf"
    conf.write_text(
        f'name = x\nroot = "{folder}/root"\nsteps = [\n'
        f'  {{ job = ingest, source = jsonl, from = "{folder}/texts.jsonl" }}\n'
        f"  {{ job = filter, filters = [ {{ name = {name} }} ] }}\n]\n"
    )
    texts = folder / "texts.jsonl"
    texts.write_text("".join(json.dumps({"text": text}) + "\n" for text in TEXTS))
    command = [str(HOME / "gristmill"), "judge", str(conf), str(texts)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def main() -> None:
    spark = (
        SparkSession.builder.master("local[2]")
        .config("spark.jars", str(Path(sys.argv[1]).resolve()))
        .config("spark.sql.extensions", "org.gristmill.jobs.sql.GristmillFunctions")
        .config("spark.ui.enabled", "false")
        .getOrCreate()
    )
    spark.sparkContext.setLogLevel("ERROR")
    rows = spark.createDataFrame(list(enumerate(TEXTS)), "number int, text string")
    checked = 0
    with tempfile.TemporaryDirectory() as folder:
        for name in FILTERS:
            function = "gristmill_" + name.replace("-", "_")
            answers = rows.select("number", expr(f"{function}(text) AS f")).orderBy("number")
            for answer, expected in zip(answers.collect(), judged(name, Path(folder)), strict=True):
                its = answer.f
                assert its.kept == expected["kept"], (name, answer, expected)
                assert its.rule == (expected["rule"] or ""), (name, answer, expected)
                assert dict(its.numbers) == expected["numbers"], (name, answer, expected)
                checked += 1
    try:
        rows.select(expr("gristmill_length(text, 'en', 'minChar = 3')")).collect()
        raise AssertionError("a wrong setting passed")
    except PySparkException as e:
        assert "did you mean" in str(e), e
    except Exception as e:  # Java's own, as py4j brings it
        assert "did you mean" in str(e), e
    print(f"{checked} answers of {len(FILTERS)} filters are those of the command line")
    spark.stop()


if __name__ == "__main__":
    main()
