"""Features of rendered and real faces for the expression head: components of landmarks, the appearance network's, and action-unit scores."""
import csv
import os

import numpy as np

from displays import LABELS
from export import settled
from expressions import AUS
from faces_data import load_template, mirror_points, read_faces
from fit import Block
from folds import mirror_features
from network import HIDDEN, REAL, RENDERED
from readings import network_readings
from train import cached_folds, flatten

COMPONENTS = (150, HIDDEN)


class Views:
    """Raw features of some faces, as they are (0) and mirrored (1)."""

    def __init__(self, points, folds, appearance, mirror, head):
        points = (points, mirror_points(points, mirror))
        folds = (folds, mirror_features(folds))
        self.flat = [(flatten(p), appearance[:, k]) for k, p in enumerate(points)]
        self.units = [scores_of(p, f, appearance[:, k], head) for k, (p, f) in enumerate(zip(points, folds))]


def scores_of(points, folds, appearance, head):
    """Left and right scores, [N,46], as the action-unit graph gives them."""
    score = points.reshape(len(points), -1) @ head["points"] + folds.reshape(len(folds), -1) @ head["folds"] + np.tile(head["offset"], 2)
    score = score + np.tile(appearance @ head["network"], 2)
    left, right = settled(score[:, :len(AUS)], score[:, len(AUS):], head["noise"])
    return np.concatenate([left, right], 1)


def read_set(prefix, network, domain):
    faces = read_faces(prefix, crops=True)
    first = faces["pass"] == 0
    crops = faces["crops"][first]
    cache = prefix.removesuffix("/x") + ("_x" if prefix.endswith("/x") else "")
    if not os.path.exists(cache + ".net.npy"):
        np.save(cache + ".net.npy", network_readings(network, crops, domain).astype(np.float32))
    return (faces["points"][first], cached_folds(cache + ".folds.npy", crops), np.load(cache + ".net.npy"), faces["row"][first],
            [n for n, k in zip(faces["name"], first) if k])


class Faces:
    """Everything train_head.py learns from."""

    def __init__(self, work, muxspace, network, renders, real):
        self.mean, self.mirror = load_template(work)
        self.head = dict(np.load(os.path.join(work, "head.npz")))
        with open(os.path.join(muxspace, "index.csv")) as f:
            index = {r["image"]: r for r in csv.DictReader(f)}
        parts = [read_set(prefix, network, REAL) for prefix in real]
        rows = [index[os.path.basename(n)] for p in parts for n in p[4]]
        self.label, self.person = np.array([r["expression"] for r in rows]), np.array([r["identity"] for r in rows])
        self.real = self.views(parts)
        parts, labels = [], []
        for name in renders:
            folder = os.path.join(work, name)
            parts.append(read_set(os.path.join(folder, "x"), network, RENDERED))
            data, row = np.load(os.path.join(folder, "labels.npz")), parts[-1][3]
            labels.append((data["labels"][row], data["name"][row], np.array([f"{name}/{p}" for p in data["person"][row]])))
        self.intensities, self.display, self.rendered_person = (np.concatenate([part[k] for part in labels]) for k in range(3))
        self.rendered = self.views(parts)
        self.at_rest = {"real": self.label == "neutral", "rendered": self.display == "neutral"}
        rest, smile, every = self.at_rest["real"], self.label == "happiness", slice(None, None, 2)
        rendered = np.concatenate([view[0] for view in self.rendered.flat])[every]
        mixed = [rendered, self.real.flat[0][0][rest], self.real.flat[0][0][smile]]
        self.block = Block(np.concatenate([m - m.mean(0) for m in mixed]), COMPONENTS[0])
        self.reach = {name: views.flat[0][1].std(0) + 1e-3 for name, views in (("real", self.real), ("rendered", self.rendered))}
        self.zero = {}
        for name, views in (("real", self.real), ("rendered", self.rendered)):
            neutral = self.at_rest[name]
            components = np.mean([self.project(view, name)[neutral].mean(0) for view in views.flat], 0)
            units = np.median(sum(views.units)[neutral] / 2, 0)
            self.zero[name] = (components, units)

    def views(self, parts):
        return Views(*(np.concatenate([p[k] for p in parts]) for k in range(3)), self.mirror, self.head)

    def project(self, flat, kind):
        return np.concatenate([self.block(flat[0]), flat[1] / self.reach[kind]], 1)

    def features(self, kind):
        """kind "real" | "rendered" → [(components, unit scores)] of both views, each kind's own face at rest at zero."""
        views = getattr(self, kind)
        components, units = self.zero[kind]
        return [(self.project(flat, kind) - components, scores - units) for flat, scores in zip(views.flat, views.units)]

    def classes(self, kind):
        names = self.label if kind == "real" else self.display
        return np.array([LABELS.index(n) if n in LABELS else -1 for n in names])


def corner_leads(intensities):
    """1 where the right lip corner leads."""
    corners = intensities[:, [AUS.index("AU12"), AUS.index("AU14")]].sum(1)
    return (corners[:, 1] > corners[:, 0]).astype(int)
