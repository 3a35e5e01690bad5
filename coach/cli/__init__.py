"""The command line: parse arguments, print results, return the exit code. Heavy imports stay inside the commands."""
