"""Workers on other machines: a Dask cluster behind the executor interface. The only file that imports distributed."""

from collections.abc import Iterator
from concurrent.futures import CancelledError, Executor
from contextlib import contextmanager
from typing import Any

from coach.cli.files.batching import Workers
from coach.errors import MachineError

PATIENCE_S = 10
RETRIES = 2  # by the scheduler, before a job counts as lost


def cluster(address: str) -> Workers:
    """Carry jobs out on the cluster of a scheduler. Its workers need the coach, and the folder under the same name.

    Raises MachineError where Dask is not installed; opening raises it where nobody answers at the address.
    """
    try:
        import distributed
        from distributed.comm.core import CommClosedError
    except ImportError as error:
        raise MachineError("--scheduler needs Dask: pip install 'coach[cluster]'") from error

    dask: Any = distributed  # half of it is typed

    @contextmanager
    def opened() -> Iterator[Executor]:
        try:
            client = dask.Client(address, timeout=PATIENCE_S, set_as_default=False)
        except (OSError, ValueError) as error:
            raise MachineError(f"--scheduler {address}: no Dask scheduler is answering at that address") from error
        with client:
            yield client.get_executor(pure=False, retries=RETRIES)

    return Workers(opened, (dask.KilledWorker, CommClosedError, CancelledError))
