"""The rules of the session: what each command, each answer and each silence does."""
