"""Train the head with numpy alone: Adam with a cosine schedule, dropout, noise on the inputs, weight decay."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from coach.hearing.recognition.spotting.head import KINDS, Floats, Head
from scripts.makers.safety_head.features import Lesson
from scripts.makers.safety_head.recipe import HeadRecipe

_BETAS, _EPSILON = (0.9, 0.999), 1e-8


@dataclass(slots=True)
class _Adam:
    """The moments of the weights of one network."""

    first: list[Floats]
    second: list[Floats]
    steps: int = 0

    def step(self, weights: list[Floats], gradients: list[Floats], rate: float, decay: float) -> None:
        self.steps += 1
        for at, gradient in enumerate(gradients):
            self.first[at] += (1 - _BETAS[0]) * (gradient - self.first[at])
            self.second[at] += (1 - _BETAS[1]) * (gradient**2 - self.second[at])
            mean, square = (
                moment[at] / (1 - beta**self.steps)
                for moment, beta in zip((self.first, self.second), _BETAS, strict=True)
            )
            weights[at] -= rate * (mean / (np.sqrt(square) + _EPSILON) + decay * weights[at])


def trained(lesson: Lesson, recipe: HeadRecipe) -> Head:
    """Return a head that has learned a lesson: the same lesson and recipe give the same head."""
    middle, spread = lesson.inputs.mean(axis=0), lesson.inputs.std(axis=0) + 1e-3
    inputs = ((lesson.inputs - middle) / spread).astype(np.float32)
    networks = [_network(inputs, lesson.kinds, recipe, number) for number in range(recipe.networks)]
    return Head(middle, spread, *(np.stack(each) for each in zip(*networks, strict=True)))


def _network(inputs: Floats, kinds: np.ndarray, recipe: HeadRecipe, number: int) -> list[Floats]:
    random = np.random.default_rng([recipe.seed, number])
    sizes = (inputs.shape[1], recipe.hidden, len(KINDS))
    weights: list[Floats] = []
    for rows, columns in pairwise(sizes):
        weights += [
            (random.standard_normal((rows, columns)) * np.sqrt(2 / rows)).astype(np.float32),
            np.zeros(columns, np.float32),
        ]
    adam = _Adam([np.zeros_like(each) for each in weights], [np.zeros_like(each) for each in weights])
    steps = recipe.epochs * max(1, len(inputs) // recipe.batch)
    order = np.arange(0)
    for step in range(steps):
        if len(order) < min(recipe.batch, len(inputs)):
            order = random.permutation(len(inputs))
        batch, order = order[: recipe.batch], order[recipe.batch :]
        gradients = _gradients(inputs[batch], kinds[batch], weights, recipe, random)
        adam.step(
            weights, gradients, recipe.learning_rate * (1 + np.cos(np.pi * step / steps)) / 2, recipe.weight_decay
        )
    return weights


def _gradients(
    inputs: Floats, kinds: np.ndarray, weights: list[Floats], recipe: HeadRecipe, random: np.random.Generator
) -> list[Floats]:
    """Return the gradients of the cross entropy of one batch, one for each weight."""
    into, into_bias, out, out_bias = weights
    noisy = inputs + recipe.input_noise * random.standard_normal(inputs.shape, np.float32)
    before = noisy @ into + into_bias
    kept = (random.random(before.shape, np.float32) >= recipe.dropout) / np.float32(1 - recipe.dropout)
    hidden = np.maximum(0, before) * kept
    logits = hidden @ out + out_bias
    likely = np.exp(logits - logits.max(axis=1, keepdims=True))
    wrong = likely / likely.sum(axis=1, keepdims=True)
    wrong[np.arange(len(kinds)), kinds] -= 1
    wrong /= len(kinds)
    back = (wrong @ out.T) * kept * (before > 0)
    return [noisy.T @ back, back.sum(axis=0), hidden.T @ wrong, wrong.sum(axis=0)]
