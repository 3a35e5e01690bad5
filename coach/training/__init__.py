"""Training over time: profile, history, progression, the week, and the view back."""
