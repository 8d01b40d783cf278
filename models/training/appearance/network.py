"""The appearance network: the aligned grey face → what skin and shapes say about each action unit, and which regions are hidden.

Rendered and real faces pass through the same convolutions with normalisations of their own, so that what differs between
them (pores, lenses, light) need not be learnt as movement. Only the normalisations of real faces leave in the graph.
"""
import torch
import torch.nn as nn
import torch.nn.functional as F

REAL, RENDERED = 0, 1
WIDTHS = [12, 24, 24, 32, 40, 48]
STRIDES = [2, 2, 1, 2, 1, 2]
HIDDEN = 96


class Twin(nn.Module):
    """Batch normalisation by domain."""

    def __init__(self, width, flat=False):
        super().__init__()
        kind = nn.BatchNorm1d if flat else nn.BatchNorm2d
        self.by = nn.ModuleList([kind(width), kind(width)])

    def forward(self, x, domain):
        return self.by[domain](x)


class Network(nn.Module):
    def __init__(self, units, regions, blendshapes, labels):
        super().__init__()
        before = [1] + WIDTHS[:-1]
        self.layers = nn.ModuleList([nn.Conv2d(a, b, 5 if k == 0 else 3, s, 2 if k == 0 else 1, bias=False)
                                     for k, (a, b, s) in enumerate(zip(before, WIDTHS, STRIDES))])
        self.norms = nn.ModuleList([Twin(w) for w in WIDTHS])
        self.mix = nn.Linear(WIDTHS[-1] * 64, HIDDEN, bias=False)
        self.mixed = Twin(HIDDEN, flat=True)
        self.drop = nn.Dropout(0.3)
        self.units = nn.Linear(HIDDEN, 2 * units)
        self.hidden = nn.Linear(HIDDEN, regions)
        self.blendshapes = nn.Linear(HIDDEN, blendshapes)
        self.labels = nn.Linear(HIDDEN, labels)

    def normalise(self, crop):
        mean = crop.mean((2, 3), keepdim=True)
        spread = ((crop - mean) ** 2).mean((2, 3), keepdim=True).sqrt()
        return (crop - mean) / (spread + 8)

    def trunk(self, crop, domain):
        x = self.normalise(crop)
        for layer, norm in zip(self.layers, self.norms):
            x = F.relu(norm(layer(x), domain))
        return F.relu(self.mixed(self.mix(x.flatten(1)), domain))

    def forward(self, crop, domain):
        x = self.drop(self.trunk(crop, domain))
        return self.units(x), self.hidden(x), self.blendshapes(x), self.labels(x)
