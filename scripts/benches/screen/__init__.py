"""The bench of the page of --screen."""
