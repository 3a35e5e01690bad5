"""Find the first difference of two files, and say where it is: a line of text, a second of sound, a byte."""

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np

HEADER = 44
"""Bytes before the samples of the WAV files that the coach writes."""


def difference(one: Path, other: Path) -> str | None:
    """Say where two files of the same kind first differ; None where they are the same."""
    missing = [path for path in (one, other) if not path.exists()]
    if missing:
        return "missing in both" if len(missing) == 2 else f"missing in {missing[0].parent.name}"
    if one.suffix in (".txt", ".jsonl"):
        return _line_difference(list(_lines(one)), list(_lines(other)))
    at = first_byte(one.read_bytes(), other.read_bytes())
    if at is None:
        return None
    size, rate = one.stat().st_size, _rate_hz(one)
    seconds = f", {(at - HEADER) / 2 / rate:.3f} s" if rate and at >= HEADER else ""
    return f"byte {at:,} of {size:,} and {other.stat().st_size:,}{seconds}"


def first_byte(one: bytes, other: bytes) -> int | None:
    """Return the index of the first byte that differs, None where none does."""
    shared = min(len(one), len(other))
    differs = np.frombuffer(one, np.uint8, shared) != np.frombuffer(other, np.uint8, shared)
    if differs.any():
        return int(differs.argmax())
    return None if len(one) == len(other) else shared


def _lines(path: Path) -> Iterator[str]:
    """Yield a text's lines; of a log's session all but when it started."""
    for line in path.read_text("utf-8").splitlines():
        if path.suffix == ".jsonl" and '"started"' in line:
            entry = json.loads(line)
            entry["started"] = None
            line = json.dumps(entry)
        yield line


def _line_difference(one: list[str], other: list[str]) -> str | None:
    for number, (first, second) in enumerate(zip(one, other, strict=False), 1):
        if first != second:
            return f"line {number}\n    {first}\n    {second}"
    return None if len(one) == len(other) else f"{len(one)} lines and {len(other)}"


def _rate_hz(path: Path) -> int:
    """Return the sampling rate in a WAV file's header; 0 for what is none."""
    return int.from_bytes(path.read_bytes()[24:28], "little") if path.suffix == ".wav" else 0
