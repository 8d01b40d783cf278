"""Faces, targets and photo-like changes for the appearance network."""
import os

import numpy as np
import torch
import torch.nn.functional as F

from expressions import AUS
from faces_data import read_renders
from folds import SIDE
from real_faces import read_muxspace

# The labels of muxspace and the displays of the renders that mean the same.
LABELS = ["anger", "contempt", "disgust", "fear", "happiness", "neutral", "sadness", "surprise"]
LEAST_SPREAD = 0.01


class Renders:
    def __init__(self, work, folders):
        faces = read_renders([os.path.join(work, f) for f in folders], crops=True)
        first = faces["pass"] == 0
        self.crops = torch.from_numpy(faces["crops"][first])
        self.intensities = torch.from_numpy(faces["labels"][first])
        display = faces["display"][first]
        self.display = display
        self.person = faces["person"][first]
        self.label = torch.tensor([LABELS.index(d) if d in LABELS else -1 for d in display])


class Photos:
    """muxspace: one student's labels and the Face Landmarker's blendshapes."""

    def __init__(self, work, muxspace, names):
        parts = [read_muxspace(os.path.join(work, n), muxspace, crops=True) for n in names]
        first = [p["pass"] == 0 for p in parts]
        self.crops = torch.from_numpy(np.concatenate([p["crops"][f] for p, f in zip(parts, first)]))
        self.points = np.concatenate([p["points"][f] for p, f in zip(parts, first)])
        expression = np.concatenate([p["expression"][f] for p, f in zip(parts, first)])
        self.neutral = np.concatenate([p["neutral"][f] for p, f in zip(parts, first)])
        self.smiling = np.concatenate([p["smiling"][f] for p, f in zip(parts, first)])
        self.person = np.concatenate([p["person"][f] for p, f in zip(parts, first)])
        self.expression = expression
        self.label = torch.tensor([LABELS.index(d) if d in LABELS else -1 for d in expression])
        every = {n: np.concatenate([p["blendshapes"][n][f] for p, f in zip(parts, first)]) for n in parts[0]["blendshapes"]}
        self.names = [n for n, v in every.items() if v.std() > LEAST_SPREAD]
        values = np.stack([every[n] for n in self.names], 1)
        self.raw = every
        self.blendshapes = torch.from_numpy(((values - values.mean(0)) / values.std(0)).clip(-3, 5).astype(np.float32))
        partner = {n: n.replace("Left", "*").replace("Right", "Left").replace("*", "Right") for n in self.names}
        self.partner = [self.names.index(partner[n]) if partner[n] in self.names else k for k, n in enumerate(self.names)]

    def label_weight(self):
        """Classes count alike up to a limit: few photos of one student's reading must not be learnt by heart."""
        count = torch.bincount(self.label[self.label >= 0], minlength=len(LABELS)).float()
        weight = (count.max() / count.clamp(min=1)).clamp(max=8)
        return weight / weight.mean()


def smooth_field(n, grain, generator):
    return F.interpolate(torch.randn(n, 1, grain, grain, generator=generator), size=(SIDE, SIDE), mode="bilinear", align_corners=True)


def change(faces, generator):
    """Light, contrast, focus, noise, JPEG-like blocks and the mesh's small errors: float [N,1,128,128] 0–255 → the same."""
    n = len(faces)

    def uniform(low, high):
        return low + (high - low) * torch.rand(n, 1, 1, 1, generator=generator)

    angle, scale = (uniform(-1, 1) * 0.06).view(-1), (1 + uniform(-1, 1) * 0.05).view(-1)
    move = torch.randn(n, 2, generator=generator) * 0.02
    theta = torch.stack([torch.stack([scale * angle.cos(), -angle.sin(), move[:, 0]], 1), torch.stack([angle.sin(), scale * angle.cos(), move[:, 1]], 1)], 1)
    grid = F.affine_grid(theta, faces.shape, align_corners=False)
    wobble = F.interpolate(torch.randn(n, 2, 5, 5, generator=generator), size=(SIDE, SIDE), mode="bilinear", align_corners=True) * 0.008
    x = F.grid_sample(faces, grid + wobble.permute(0, 2, 3, 1), padding_mode="border", align_corners=False) / 255
    x = x.clamp(0.002, 1) ** torch.exp(uniform(-0.5, 0.5))
    x = x * torch.exp(smooth_field(n, 3, generator) * uniform(0, 0.35))
    kind = int(torch.randint(4, (1,), generator=generator))
    if kind == 0:
        x = F.interpolate(F.interpolate(x, size=(72, 72), mode="bilinear", antialias=True), size=(SIDE, SIDE), mode="bilinear")
    elif kind == 1:
        x = F.interpolate(F.interpolate(x, size=(48, 48), mode="bilinear", antialias=True), size=(SIDE, SIDE), mode="bilinear")
    x = x + torch.randn(x.shape, generator=generator) * uniform(0, 0.03)
    if kind == 2:
        x = x + F.interpolate(torch.randn(n, 1, 16, 16, generator=generator), scale_factor=8, mode="nearest") * uniform(0, 0.02)
    return x.clamp(0, 1) * 255


UNITS = len(AUS)
