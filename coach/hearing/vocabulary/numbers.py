"""The numbers that are said to the coach: their words, and the end of the scale of effort."""

NUMBER_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
"""The word of each number, at its own place."""

HARDEST = 10
"""The end of the scale of effort."""
