"""Fixed filters that answer to skin folds: oriented dark lines at two widths and oriented edges, pooled over cells.

The same layers are written into the ONNX graph (`export.py`); `Folds` is their PyTorch form.
"""
import numpy as np
import torch
import torch.nn.functional as F

SIDE = 128
ORIENTATIONS = 6
CELL = 8
RADIUS = 4
CHANNELS = 3 * ORIENTATIONS
FLOOR = 0.6


def kernels(order, sigma):
    """[ORIENTATIONS,1,9,9]: order 2 answers to dark lines, order 1 to edges. Kernel k lies at k·180°/ORIENTATIONS."""
    y, x = np.mgrid[-RADIUS:RADIUS + 1, -RADIUS:RADIUS + 1].astype(np.float64)
    bank = []
    for k in range(ORIENTATIONS):
        angle = np.pi * k / ORIENTATIONS
        across = -x * np.sin(angle) + y * np.cos(angle)
        along = x * np.cos(angle) + y * np.sin(angle)
        envelope = np.exp(-0.5 * (across / sigma) ** 2 - 0.5 * (along / (1.7 * sigma)) ** 2)
        kernel = (across ** 2 / sigma ** 2 - 1) * envelope if order == 2 else across / sigma * envelope
        kernel -= kernel.mean()
        kernel /= np.abs(kernel).sum()
        bank.append(kernel)
    return np.stack(bank)[:, None].astype(np.float32)


class Folds(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.lines, self.edges = torch.from_numpy(kernels(2, 1.3)), torch.from_numpy(kernels(1, 1.5))

    def forward(self, crop):
        """crop [N,1,128,128] 0–255 → [N,18,16,16]: pooled answers over local contrast."""
        def filtered(x, bank):
            return F.conv2d(F.pad(x, (RADIUS,) * 4, mode="replicate"), bank)

        half = F.avg_pool2d(crop, 2)
        fine = F.avg_pool2d(F.relu(filtered(crop, self.lines)), CELL)
        broad = F.avg_pool2d(F.relu(filtered(half, self.lines)), CELL // 2)
        edge = F.avg_pool2d(filtered(crop, self.edges).abs(), CELL)
        # What is usual round about: a light that is twice as hard must not look like twice the fold.
        around = F.avg_pool2d(F.pad(edge.mean(1, keepdim=True), (2,) * 4, mode="replicate"), 5, stride=1)
        return torch.sqrt(torch.cat([fine, broad, edge], 1) / (around + FLOOR))


def features(crops, batch=64):
    """uint8 [N,128,128] → float32 [N, C, 16, 16]."""
    model = Folds()
    out = []
    with torch.no_grad():
        for i in range(0, len(crops), batch):
            out.append(model(torch.from_numpy(crops[i:i + batch].astype(np.float32))[:, None]).numpy())
    return np.concatenate(out)


def mirror_features(f):
    """Features of the mirrored crop: columns turn round, orientation angle becomes its supplement."""
    order = [(ORIENTATIONS - k) % ORIENTATIONS for k in range(ORIENTATIONS)]
    channels = np.concatenate([np.array(order) + ORIENTATIONS * g for g in range(3)])
    return f[:, channels][:, :, :, ::-1]
