"""JSON for programs, as every listing prints it."""

import json


def print_json(value: object) -> None:
    """Print a value as indented JSON, in the letters it holds."""
    print(json.dumps(value, ensure_ascii=False, indent=2))
