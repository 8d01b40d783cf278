"""The softmax over nine classes (contempt of either lip corner counts apart) and its nonlinear inputs."""
import numpy as np
import torch

from displays import LABELS
from expressions import AUS

CLASSES = LABELS + ["contempt, right corner"]
CONTEMPT, CONTEMPT_RIGHT = 1, 8
# Which class the mirror image belongs to.
MIRRORED = np.array([0, 8, 2, 3, 4, 5, 6, 7, 1])
# Score at which an action unit saturates.
SATURATION = 3.0
CORNERS = [AUS.index(name) for name in ("AU12", "AU14", "AU10", "AU15")]


def inputs_of(components, units):
    left, right = np.tanh(units[:, :len(AUS)] / SATURATION), np.tanh(units[:, len(AUS):] / SATURATION)
    lead = (left - right)[:, CORNERS]
    return np.concatenate([components, (left + right) / 2, lead, np.abs(lead)], 1)


class Softmax:
    """Weighted multinomial regression with an L2 penalty on standardised inputs."""

    def __init__(self, x, targets, weight, components, penalty, iterations=200):
        self.components = components
        weight = weight / weight.sum()
        mean = weight @ x
        spread = np.sqrt(weight @ (x - mean) ** 2) + 1e-6
        spread[:components] = np.maximum(spread[:components], .25 * np.median(spread[:components]))
        data, y, w = (torch.tensor(a, dtype=torch.float32) for a in ((x - mean) / spread, targets, weight))
        matrix = torch.zeros(x.shape[1], len(CLASSES), requires_grad=True)
        offset = torch.zeros(len(CLASSES), requires_grad=True)
        optimiser = torch.optim.LBFGS([matrix, offset], max_iter=iterations, line_search_fn="strong_wolfe")

        def closure():
            optimiser.zero_grad()
            loss = -(w[:, None] * y * torch.log_softmax(data @ matrix + offset, 1)).sum() + penalty * (matrix ** 2).sum()
            loss.backward()
            return loss

        optimiser.step(closure)
        self.matrix = matrix.detach().numpy() / spread[:, None]
        self.offset = offset.detach().numpy() - mean @ self.matrix

    def logits(self, views):
        """Mean of both views, the mirrored one with its classes turned back."""
        plain, turned = [inputs_of(*view) @ self.matrix + self.offset for view in views]
        return (plain + turned[:, MIRRORED]) / 2


def probabilities(logits, temperature=1.0):
    """[N,9] → [N,8]"""
    z = logits / temperature
    share = np.exp(z - z.max(1, keepdims=True))
    share /= share.sum(1, keepdims=True)
    share[:, CONTEMPT] += share[:, CONTEMPT_RIGHT]
    return share[:, :len(LABELS)]
