"""Open models with onnxruntime. The only file of hearing that imports it."""

from pathlib import Path
from typing import Any

from coach.errors import MachineError


def open_session(path: Path, package: str, threads: int = 1) -> Any:
    """Load a model. Raises MachineError where onnxruntime is missing, or the file is missing or damaged.

    Args: package: the wheel that the file comes from.
    """
    try:
        import onnxruntime as ort
        from onnxruntime.capi import onnxruntime_pybind11_state as refusals
    except ImportError as error:
        raise MachineError("onnxruntime is missing or broken: pip install onnxruntime") from error
    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = threads
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    # Sounds are of every length: an arena keeps room for the longest, and so does a pattern for each length.
    options.enable_cpu_mem_arena = options.enable_mem_pattern = False
    try:
        return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except (refusals.Fail, refusals.InvalidArgument, refusals.InvalidProtobuf, refusals.NoSuchFile) as error:
        raise MachineError(f"{path}: can't be loaded ({error}); reinstall {package}") from error
