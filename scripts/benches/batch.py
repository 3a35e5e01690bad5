"""Time `coach batch`: files on two processes over one, and through a local Dask cluster of two workers.

Ratios are of one run: leave the machine alone meanwhile. Exit 1 where a figure is out of its bound. The cluster's files
are those of forty people over eight routines, made by the program as a user runs it, which takes turns with the pool.
"""

import contextlib
import importlib.util
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from coach.children import cores
from coach.cli.files.batching import Job, Workers, carried_out, jobs_of, make, processes
from coach.cli.files.people import read_people
from scripts.benches.export import people
from scripts.benches.export.other_build import ExportBuild, ExportCost, tree_cpu_s
from scripts.benches.export.row import BenchRow, at_least, at_most, told
from scripts.named import ROOT, options

FILES = 40
ROUTINE = 'name = "Short"\n[[block]]\nexercise = "external-rotation"\nsets = 1\nreps = {reps}\n'
CLUSTER = "batch: a local Dask cluster of 2 over the pool of 2, more time"
WARM_ROUNDS = 3


def main(arguments: Sequence[str]) -> int:
    parser = options("bench batch", __doc__)
    parser.add_argument("files", type=int, nargs="?", default=FILES, help=f"how many ({FILES})")
    parser.add_argument("--before", type=Path, help="a checkout of an earlier commit, to compare with; that alone")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        if chosen.before is not None:
            return told(list(people.rows(Path(folder), chosen.files, chosen.before.resolve())))
        return told(list(rows(Path(folder), chosen.files)))


def rows(folder: Path, files: int) -> Iterator[BenchRow]:
    """Measure, after the sentences were spoken once; workers' start is counted, the cluster's is not."""
    began = time.monotonic()
    for job in {job.routine: job for job in jobs(folder, folder / "warm", files)}.values():
        make(job)
    print(f"batch: spoken in {time.monotonic() - began:.1f} s; {cores()} cores")
    took_s = [timed(folder / f"{count} processes", files, processes(count)) for count in (1, 2)]
    yield at_least(f"batch: {files} files on 1 process over 2", took_s[0] / took_s[1], 1.4)
    if not importlib.util.find_spec("distributed"):
        yield BenchRow(CLUSTER, "NOT MEASURED: pip install distributed", "at most 15%", ok=False)
        return
    with local_cluster() as address:
        yield from cluster_rows(folder, files, address)


def cluster_rows(folder: Path, files: int, address: str) -> Iterator[BenchRow]:
    """Let pool and cluster take turns: with nothing cached, then from their caches; the middle of those rounds."""
    for what, rounds in (("nothing cached", 1), ("cached", WARM_ROUNDS)):
        ratios = []
        for _ in range(rounds):
            pool = everyone(folder, "pool", files, "--workers", "2")
            cluster = everyone(folder, "cluster", files, "--scheduler", address)
            print(f"batch: {files} people, {what}: pool {pool}; cluster {cluster}", flush=True)
            ratios.append(cluster.wall_s / pool.wall_s)
        yield at_most(f"{CLUSTER}, {what}", (statistics.median(ratios) - 1) * 100, 15, "%", digits=0)


def everyone(folder: Path, name: str, files: int, *options: str) -> ExportCost:
    """Make everybody's files anew by the program; return what it and the cluster took."""
    for made in (folder / name).glob("*.mp3"):
        made.unlink()
    before = tree_cpu_s()
    spent = ExportBuild(ROOT, folder / f"{name} cache").run(people.batch(folder, name, files, *options))
    return ExportCost(tree_cpu_s() - before, spent.wall_s)


@contextlib.contextmanager
def local_cluster() -> Iterator[str]:
    """Start a scheduler and two workers of one thread; give the address."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as local:
        yield str(local.scheduler_address)


def timed(folder: Path, files: int, workers: Workers) -> float:
    """Make the files in a folder of their own; return the seconds."""
    wanted = jobs(folder.parent, folder, files)
    began = time.monotonic()
    problems = [result.problem for result in carried_out(wanted, workers) if result.problem]
    took_s = time.monotonic() - began
    if problems or not all(job.is_made for job in wanted):
        sys.exit(f"{folder.name}: {problems or 'files are missing'}")
    print(f"batch: {folder.name}: {files} files in {took_s:.1f} s")
    return took_s


def jobs(folder: Path, target: Path, files: int) -> tuple[Job, ...]:
    """Return jobs for so many people with short routines."""
    for reps in (1, 2):
        (folder / f"{reps}.toml").write_text(ROUTINE.format(reps=reps))
    listed = folder / "people.csv"
    lines = [f"Person {number},{folder / f'{1 + number % 2}.toml'},en-us" for number in range(files)]
    listed.write_text("\n".join(["name,routine,voice", *lines]) + "\n")
    target.mkdir()
    return jobs_of(read_people(listed)[0], target)
