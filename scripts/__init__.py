"""Tools of the project: benches and makers in folders, the daily ones as programs beside them."""
