"""Chance that remembers: what was chosen is told with a failure, and counted over all of them."""

import random


class Dice:
    """only: everything is as plain as it can be (the first choice), but for what has these names."""

    def __init__(self, seed, only=None):
        self.random = random.Random(str(seed))
        self.only = only
        self.chosen, self.unusual = {}, {}

    def pick(self, what, weights):
        """One of {choice: weight}, the plainest first; the choice is remembered under that name."""
        choice = self.random.choices(list(weights), list(weights.values()))[0]
        if self.only is not None and what not in self.only:
            choice = next(iter(weights))
        self.chosen[what] = choice
        if choice != next(iter(weights)):
            self.unusual[what] = choice
        return choice

    def one(self, choices):
        return self.random.choice(list(choices))

    def chance(self, probability):
        return self.random.random() < probability
