"""The balance hold in the history: what was held, and which step of its ladder is due."""
