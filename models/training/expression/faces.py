"""Features of rendered and real faces for the expression head: components of landmarks and folds, and action-unit scores."""
import csv
import os

import numpy as np

from displays import LABELS
from expressions import AUS
from faces_data import load_template, mirror_points, read_faces
from fit import Block
from folds import mirror_features
from train import cached_folds, cells_in_face, flatten

COMPONENTS = (150, 250)
FOLD_SCALE = 0.35


class Views:
    """Raw features of some faces, as they are (0) and mirrored (1)."""

    def __init__(self, points, folds, mirror, mask, head):
        self.points = (points, mirror_points(points, mirror))
        self.folds = (folds, mirror_features(folds))
        self.flat = [(flatten(p), f[:, :, mask].reshape(len(f), -1)) for p, f in zip(self.points, self.folds)]
        self.units = [p.reshape(len(p), -1) @ head["points"] + f.reshape(len(f), -1) @ head["folds"] + np.tile(head["offset"], 2)
                      for p, f in zip(self.points, self.folds)]


def read_set(prefix, folds):
    faces = read_faces(prefix, crops=True)
    first = faces["pass"] == 0
    return faces["points"][first], cached_folds(folds, faces["crops"][first]), faces["row"][first], [n for n, k in zip(faces["name"], first) if k]


class Faces:
    """Everything train_head.py learns from."""

    def __init__(self, work, muxspace, renders, real):
        self.mean, self.mirror = load_template(work)
        self.mask = cells_in_face(self.mean)
        self.head = dict(np.load(os.path.join(work, "head.npz")))
        with open(os.path.join(muxspace, "index.csv")) as f:
            index = {r["image"]: r for r in csv.DictReader(f)}
        parts = [read_set(prefix, prefix + ".folds.npy") for prefix in real]
        rows = [index[os.path.basename(n)] for p in parts for n in p[3]]
        self.label, self.person = np.array([r["expression"] for r in rows]), np.array([r["identity"] for r in rows])
        self.real = self.views(parts)
        parts, labels = [], []
        for name in renders:
            folder = os.path.join(work, name)
            parts.append(read_set(os.path.join(folder, "x"), folder + "_x.folds.npy"))
            data, row = np.load(os.path.join(folder, "labels.npz")), parts[-1][2]
            labels.append((data["labels"][row], data["name"][row], np.array([f"{name}/{p}" for p in data["person"][row]])))
        self.intensities, self.display, self.rendered_person = (np.concatenate([part[k] for part in labels]) for k in range(3))
        self.rendered = self.views(parts)
        self.at_rest = {"real": self.label == "neutral", "rendered": self.display == "neutral"}
        rest, smile, every = self.at_rest["real"], self.label == "happiness", slice(None, None, 2)
        self.blocks = []
        for k, count in enumerate(COMPONENTS):
            both_sides = np.concatenate([view[k] for view in self.rendered.flat])[every]
            mixed = [both_sides, self.real.flat[0][k][rest], self.real.flat[0][k][smile]]
            self.blocks.append(Block(np.concatenate([m - m.mean(0) for m in mixed]), count))
        self.zero = {}
        for name, views in (("real", self.real), ("rendered", self.rendered)):
            neutral = self.at_rest[name]
            components = np.mean([self.project(view)[neutral].mean(0) for view in views.flat], 0)
            units = np.median(sum(views.units)[neutral] / 2, 0)
            self.zero[name] = (components, units)

    def views(self, parts):
        return Views(np.concatenate([p[0] for p in parts]), np.concatenate([p[1] for p in parts]), self.mirror, self.mask, self.head)

    def project(self, flat):
        return np.concatenate([scale * block(x) for scale, block, x in zip((1, FOLD_SCALE), self.blocks, flat)], 1)

    def features(self, kind):
        """kind "real" | "rendered" → [(components, unit scores)] of both views, each kind's own face at rest at zero."""
        views = getattr(self, kind)
        components, units = self.zero[kind]
        return [(self.project(flat) - components, scores - units) for flat, scores in zip(views.flat, views.units)]

    def classes(self, kind):
        names = self.label if kind == "real" else self.display
        return np.array([LABELS.index(n) if n in LABELS else -1 for n in names])


def corner_leads(intensities):
    """1 where the right lip corner leads."""
    corners = intensities[:, [AUS.index("AU12"), AUS.index("AU14")]].sum(1)
    return (corners[:, 1] > corners[:, 0]).astype(int)
