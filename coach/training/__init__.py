"""What was done in, what comes next out: profile, history, progression, the week, and the view back."""
