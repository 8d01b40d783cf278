"""Ridge regression from features to intensities, in which real faces at rest say what must not count.

Renders carry the targets. Real faces known to be neutral (or to smile plainly, for the AUs a smile lacks) enter only by
the spread of their features about their own mean: a penalty on reading a person's form, pose or light as movement.
Rendered and real faces differ in their means, and that difference must not be learnt.
"""
import numpy as np
from scipy.sparse.linalg import eigsh

from expressions import AUS

# AUs that a plain smile does not hold.
NOT_IN_SMILE = {"AU1", "AU2", "AU4", "AU5", "AU9", "AU10", "AU14", "AU15", "AU16", "AU17", "AU18", "AU20", "AU22", "AU23", "AU24", "AU28"}
# Of these, the ones that a smile looks like: here its mean counts too, against that of neutral faces.
LIKE_A_SMILE = {"AU9", "AU10", "AU14", "AU16", "AU20"}
# Per AU: how much the spread of neutral faces counts, and the ridge. Chosen on rendered people held out and on the photos
# of developer-reading.txt. In photos labelled neutral people frown and narrow their eyes at the sun: for AU4 and AU7 that
# spread is partly the signal. Lips that tighten, stretch or funnel show in small details, which a strong ridge blurs.
TUNING = {
    "AU1": (1.5, 1.5), "AU2": (1.0, 1.3), "AU4": (0.15, 3.0), "AU5": (0.5, 1.3), "AU6": (0.5, 1.3), "AU7": (0.05, 3.0),
    "AU9": (0.2, 0.4), "AU10": (0.05, 1.0), "AU12": (0.5, 0.4), "AU14": (0.5, 0.4), "AU15": (0.5, 1.5), "AU16": (0.05, 0.2),
    "AU17": (1.5, 1.3), "AU18": (0.3, 0.3), "AU20": (0.2, 0.4), "AU22": (0.05, 0.15), "AU23": (0.3, 0.4), "AU24": (0.5, 0.6),
    "AU25": (0.1, 0.2), "AU26": (1.0, 1.5), "AU27": (1.0, 1.3), "AU28": (0.5, 0.4), "AU45": (0.5, 1.0),
}
SMILE_SHARE = 0.3
# Weight of the fold features beside the landmarks.
FOLD_SCALE = 0.35


class Block:
    """Principal components of one kind of feature, each feature scaled by its spread but not blown up."""

    def __init__(self, x, components):
        self.mean = x.mean(0)
        centred = x - self.mean
        gram = centred.T @ centred / len(centred)
        scale = np.sqrt(np.diag(gram))
        self.scale = np.maximum(scale, 0.3 * np.median(scale))
        gram = (gram / self.scale[:, None] / self.scale[None]).astype(np.float64)
        start = np.ones(len(gram)) / np.sqrt(len(gram))
        values, vectors = eigsh(gram, k=components, v0=start)
        self.vectors = vectors[:, ::-1].astype(np.float32)

    def __call__(self, x):
        return ((x - self.mean) / self.scale) @ self.vectors

    def unfold(self, coefficients):
        """Coefficients of the components → weights of the features and their share of the offset."""
        weights = self.vectors @ coefficients / self.scale[:, None]
        return weights, -self.mean @ weights


def centred(x):
    return x - x.mean(0)


def solve(renders, targets, weight, neutral, smiling):
    """Component scores of renders [n,d] (mirrored copies included), targets [n,23] → coefficients [d,23]."""
    weight = weight / weight.sum()
    x = renders - weight @ renders
    gram = (x * weight[:, None]).T @ x
    right = (x * weight[:, None]).T @ (targets - weight @ targets)
    shift = smiling.mean(0) - neutral.mean(0)
    rest, smile = centred(neutral), centred(smiling)
    rest, smile = rest.T @ rest / len(rest), smile.T @ smile / len(smile)
    coefficients = np.zeros((len(gram), len(AUS)))
    for k, name in enumerate(AUS):
        share, strength = TUNING[name]
        total = gram + share * rest
        if name in NOT_IN_SMILE:
            total = total + SMILE_SHARE * smile
        if name in LIKE_A_SMILE:
            total = total + SMILE_SHARE * np.outer(shift, shift)
        ridge = strength * (1 + share)
        coefficients[:, k] = np.linalg.solve(total + ridge * np.eye(len(gram)), right[:, k])
    return coefficients


# Of the lead of one side over the other: how much the asymmetry of real faces at rest counts, and the ridge.
LEAD_SHARE, LEAD_RIDGE = 1.0, 1.0
# Rendered faces with a one-sided action count more often: there are few.
LOPSIDED_WEIGHT = 3.0


def odd_block(x, components):
    """Components of differences between a face and its mirror image, whose mean is nought by nature."""
    block = Block(np.concatenate([x, -x]), components)
    block.mean = np.zeros_like(block.mean)
    return block


def solve_lead(renders, leads, real):
    """Component scores of differences between a face and its mirror image, left less right [n,23] → coefficients [d,23]."""
    weight = np.where((np.abs(leads) > 1).any(1), LOPSIDED_WEIGHT, 1.0)
    weight = weight / weight.sum()
    gram = (renders * weight[:, None]).T @ renders
    right = (renders * weight[:, None]).T @ leads
    rest = real.T @ real / len(real)
    return np.linalg.solve(gram + LEAD_SHARE * rest + LEAD_RIDGE * (1 + LEAD_SHARE) * np.eye(len(gram)), right)
