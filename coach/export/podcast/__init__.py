"""A podcast feed over exported files, and the chapters beside them. Only files are written; nothing is sent."""
