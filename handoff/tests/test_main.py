from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Run

from gristmill.__main__ import main


def test_inspect_prints_the_first_pieces(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", str(run.root)]) == 0
    out = capsys.readouterr().out
    tokens = sum(map(len, run.documents.values()))
    assert f"tokens     {tokens:,}" in out
    assert f"sequences  {run.sequences:,} of 64 tokens" in out
    assert all(f"\n{folder.name} " in out for folder in run.folders), "a line each"
    first = next(iter(run.documents))
    assert f"{first}  {run.documents[first][0]} " in out


def test_verify_names_every_bad_file(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(run.root)]) == 0
    out = capsys.readouterr().out
    assert f"{15 * len(run.folders)} files checked, 0 problems" in out
    assert all(f"{folder.name} " in out for folder in run.folders)
    for file in (run.arrow()[0], run.folders[-1] / "megatron" / "shard-00002-of-00003.bin"):
        file.write_bytes(file.read_bytes()[::-1])
    (run.folders[-1] / "megatron" / "stray.bin").write_bytes(b"")
    assert main(["verify", str(run.root)]) == 1
    out = capsys.readouterr().out
    assert "shard-00000-of-00003.arrow: expected sha256" in out
    assert "shard-00002-of-00003.bin: expected sha256" in out
    assert "stray.bin" in out
    assert f"{15 * len(run.folders)} files checked, 3 problems" in out


def test_a_wrong_path_is_one_line(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "gristmill", "inspect", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "latest.json" in done.stderr


def test_torch_is_not_needed() -> None:
    code = "import sys, gristmill; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_inspect_real_shards(real_run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", str(real_run)]) == 0
    assert "first sequence" in capsys.readouterr().out
    assert main(["verify", str(real_run)]) == 0
