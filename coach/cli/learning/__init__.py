"""Her own voice: the lesson from the command line, its offer, what is kept."""
