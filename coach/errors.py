"""The errors a person can act on, each one line: what is wrong, where, what to do."""


class CoachError(Exception):
    """Base of every error that the command line shows as one line."""

    exit_code = 2


class InputError(CoachError):
    """What was given can't be used: a routine, a file, an option, a target."""

    exit_code = 2


class MachineError(CoachError):
    """This machine lacks something: a sound card, a model, ffmpeg, disk space."""

    exit_code = 3
