"""Arguments in, everything else out; heavy imports stay inside the commands."""
