"""Write numbers and times in words."""

_ONES = (
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def spoken(number: int) -> str:
    """Say a whole number from 0 to 999: `twenty-five`."""
    if number < 20:
        return _ONES[number]
    if number < 100:
        ones = number % 10
        return _TENS[number // 10 - 2] + (f"-{_ONES[ones]}" if ones else "")
    rest = number % 100
    return f"{_ONES[number // 100]} hundred" + (f" and {spoken(rest)}" if rest else "")


def counted(number: int, thing: str) -> str:
    """Say how many of a thing: `one set`, `two sets`."""
    return f"{spoken(number)} {thing}{'' if number == 1 else 's'}"


def spoken_time(seconds: float) -> str:
    """Say a time in the words a person would use: `a minute and a half`, `forty-five seconds`."""
    whole = round(seconds)
    if whole == 90:
        return "a minute and a half"
    minutes, rest = divmod(whole, 60)
    if minutes == 0:
        return counted(rest, "second")
    if rest == 0:
        return counted(minutes, "minute")
    return f"{counted(minutes, 'minute')} and {counted(rest, 'second')}"
