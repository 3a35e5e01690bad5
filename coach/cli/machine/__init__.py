"""`setup`, `doctor`, `devices`, `voices`, `listen` and the listings."""
