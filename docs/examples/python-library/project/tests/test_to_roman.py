import unittest

from roman import to_roman


class ToRoman(unittest.TestCase):
    def test_known_numerals(self):
        for number, numeral in [(1, "I"), (4, "IV"), (1994, "MCMXCIV"), (3999, "MMMCMXCIX")]:
            self.assertEqual(to_roman(number), numeral)

    def test_refuses_what_has_no_numeral(self):
        for number in [0, 4000, -1, 1.5, True, "X"]:
            with self.assertRaises(ValueError):
                to_roman(number)


if __name__ == "__main__":
    unittest.main()
