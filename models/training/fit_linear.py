"""Ridge regression from features to intensities, in which real faces at rest say what must not count.

Renders carry the targets. Real faces whose expression is known to be neutral (or a plain smile, for the AUs a smile
lacks) have target 0 with a mean of their own: only the spread of their features enters, as a penalty on reading a
person's form, pose or light as movement. Rendered and real faces differ in their means, and that difference must not be learnt.
"""
import numpy as np

from expressions import AUS

# AUs that a plain smile does not hold.
NOT_IN_SMILE = {"AU1", "AU2", "AU4", "AU5", "AU9", "AU15", "AU17", "AU18", "AU22", "AU23", "AU24", "AU28"}


class Fit:
    """Weights of the left side; the right is read from the mirrored face."""

    def __init__(self, renders, targets, weight, neutral, smiling, share_neutral=1.0, share_smiling=1.0, strength=0.5, components=300):
        """renders [n,d] (mirrored copies included), targets [n,23]; neutral, smiling [m,d] (mirrored copies included)."""
        weight = weight / weight.sum()
        centre = weight @ renders
        rest, smile = neutral.mean(0), smiling.mean(0)
        parts = [renders - centre, neutral - rest, smiling - smile]
        weights = [weight, np.full(len(neutral), share_neutral / len(neutral)), np.full(len(smiling), share_smiling / len(smiling))]
        gram = sum((p * w[:, None]).T @ p for p, w in zip(parts, weights)) / sum(w.sum() for w in weights)
        scale = np.sqrt(np.diag(gram))
        scale = np.maximum(scale, 0.3 * np.median(scale))
        values, vectors = np.linalg.eigh(gram / scale[:, None] / scale[None])
        vectors = vectors[:, ::-1][:, :components]
        projected = [p / scale @ vectors for p in parts]
        grams = [(p * w[:, None]).T @ p for p, w in zip(projected, weights)]
        offset = weight @ targets
        right = (projected[0] * weight[:, None]).T @ (targets - offset)
        coefficients = np.zeros((vectors.shape[1], len(AUS)))
        for k, name in enumerate(AUS):
            total = grams[0] + grams[1]
            amount = 1 + share_neutral
            if name in NOT_IN_SMILE:
                total = total + grams[2]
                amount += share_smiling
            ridge = strength * amount * np.eye(len(total))
            coefficients[:, k] = np.linalg.solve(total + ridge, right[:, k])
        self.weights = vectors @ coefficients / scale[:, None]
        # Zero is where real faces at rest lie.
        self.offset = -rest @ self.weights
        self.render_offset = offset - centre @ self.weights

    def __call__(self, x):
        return x @ self.weights + self.offset
