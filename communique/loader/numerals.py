"""Numbers written in letters: a pack lists the letters, this reads and spells them."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class Numerals(BaseModel):
    """The letters with which a language writes numbers; all empty where it writes ASCII digits only.

    Attributes:
        digits: letter -> 0 to 9, as dates use them.
        counters: further letters for amounts only ("two" of two days, which no date uses).
        powers: letter -> 10, 100, 1000 ...
        joined: letter -> a multiple of ten written as one letter.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    digits: dict[str, int] = Field(default_factory=dict)
    counters: dict[str, int] = Field(default_factory=dict)
    powers: dict[str, int] = Field(default_factory=dict)
    joined: dict[str, int] = Field(default_factory=dict)

    @property
    def letters(self) -> str:
        """Every letter that can stand in a number, in a fixed order."""
        return "".join(sorted({*self.digits, *self.counters, *self.powers, *self.joined}))

    def read(self, word: str) -> int | None:
        """Return the number that ``word`` writes (``15``, letters by place, letters with powers), or None."""
        if word.isascii() and word.isdigit():
            return int(word)
        if not word:
            return None
        units = {**self.digits, **self.counters}
        if all(letter in self.digits for letter in word):
            return int("".join(str(self.digits[letter]) for letter in word))
        total, section, digit = 0, 0, None
        for letter in word:
            if letter in units:
                digit = units[letter]
            elif letter in self.joined:
                section, digit = section + self.joined[letter], None
            elif letter in self.powers:
                power = self.powers[letter]
                if power >= 10000:
                    total, section, digit = (total + section + (digit or 0)) * power, 0, None
                else:
                    section, digit = section + (1 if digit is None else digit) * power, None
            else:
                return None
        return total + section + (digit or 0)

    def spellings(self, low: int, high: int) -> dict[str, int]:
        """Return every way to write the numbers ``low`` to ``high`` (0 to 99) in letters."""
        found: dict[str, int] = {}
        for number in range(low, high + 1):
            tens, ones = divmod(number, 10)
            tails = self._named(self.digits, ones) if ones or not tens else [""]
            heads = [""]
            if tens:
                ten = self._named(self.powers, 10)
                counts = self._named(self.digits, tens) + ([""] if tens == 1 else [])
                heads = [count + power for count in counts for power in ten] + self._named(self.joined, tens * 10)
            found.update((head + tail, number) for head in heads for tail in tails)
        return found

    @staticmethod
    def _named(table: dict[str, int], value: int) -> list[str]:
        return [letter for letter, number in table.items() if number == value]
