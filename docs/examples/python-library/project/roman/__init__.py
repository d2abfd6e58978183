"""Roman numerals from 1 to 3999."""

_PARTS = [
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
]


def to_roman(number):
    """Return the Roman numeral of an integer; ValueError outside 1 to 3999."""
    if not isinstance(number, int) or isinstance(number, bool) or not 1 <= number <= 3999:
        raise ValueError(f"no Roman numeral for {number!r}")
    numeral = ""
    for value, letters in _PARTS:
        while number >= value:
            numeral += letters
            number -= value
    return numeral
