"""Fits the action-unit head and writes models/au-head.onnx and models/au-head.json.

    python3 train.py WORK_FOLDER MUXSPACE_FOLDER OUT_FOLDER --renders a1,a2

WORK_FOLDER holds template.npz, grid.json (grid.py), mux.* (extract.ts over muxspace/images) and the render folders.
"""
import argparse
import json
import os

import numpy as np
import torch
from scipy.spatial import Delaunay

from export import both_of, export, matrices
from expressions import AUS, SIDED
from faces_data import load_template, mirror_points, read_renders
from fit import FOLD_SCALE, Block, solve
from folds import CELL, CHANNELS, SIDE, features, mirror_features
from grid import BOTTOM, LEFT, RIGHT, TOP
from real_faces import read_muxspace

VERSION = "0.3.0"
CELLS = SIDE // CELL
# Renders at this intensity and above set the unit of the scores (4), so that SIDE_NOISE means the same for every AU.
STRONG_SCORE = 3.3
# The logistic from scores to intensities goes through these points; a face at rest must not lie above AT_REST.
AT_REST, PRESENT, MARKED = 0.35, 1.3, 3.0
# Share of the muxspace faces in which the AU is present, and marked (C) or more: read off sheets of those faces in the
# order of their scores by a developer (no certified coder). AUs that press photos lack are guesses from their few best.
SHARES = {
    "AU1": (0.10, 0.022), "AU2": (0.075, 0.018), "AU4": (0.18, 0.045), "AU5": (0.03, 0.008), "AU6": (0.26, 0.09), "AU7": (0.20, 0.045),
    "AU9": (0.03, 0.006), "AU10": (0.065, 0.015), "AU12": (0.40, 0.22), "AU14": (0.05, 0.012), "AU15": (0.04, 0.008), "AU16": (0.03, 0.008),
    "AU17": (0.08, 0.015), "AU18": (0.02, 0.004), "AU20": (0.05, 0.010), "AU22": (0.03, 0.008), "AU23": (0.05, 0.010), "AU24": (0.05, 0.010),
    "AU25": (0.56, 0.19), "AU26": (0.15, 0.035), "AU27": (0.012, 0.004), "AU28": (0.012, 0.004), "AU45": (0.009, 0.004),
}
PROTOTYPE_WEIGHT = 6.0


def flatten(points):
    return points[:, :468].reshape(len(points), -1)


def cells_in_face(mean):
    """[16,16]: cells whose centre lies within the outline of the mean face."""
    hull = Delaunay(mean[:468, :2])
    x = LEFT + (RIGHT - LEFT) * (np.arange(CELLS) + 0.5) / CELLS
    y = TOP + (BOTTOM - TOP) * (np.arange(CELLS) + 0.5) / CELLS
    return np.array([[hull.find_simplex([u * 0.97, v * 0.99]) >= 0 for u in x] for v in y])


def cached_folds(path, crops):
    if os.path.exists(path):
        folds = np.load(path)
        if len(folds) == len(crops):
            return folds.astype(np.float32)
    folds = features(crops)
    np.save(path, folds.astype(np.float16))
    return folds


class Data:
    """Points, folds and their mirror images of one set of faces (as the mesh sees them in the detector's box)."""

    def __init__(self, points, folds, mirror, mask):
        self.left = (flatten(points), folds[:, :, mask].reshape(len(folds), -1))
        turned = mirror_features(folds)
        self.right = (flatten(mirror_points(points, mirror)), turned[:, :, mask].reshape(len(folds), -1))

    def rows(self, k):
        return np.concatenate([self.left[k], self.right[k]])


def load_renders(work, folders, mirror, mask):
    points, folds, labels, display, person = [], [], [], [], []
    for folder in folders:
        part = read_renders([os.path.join(work, folder)], crops=True)
        first = part["pass"] == 0
        points.append(part["points"][first])
        folds.append(cached_folds(os.path.join(work, folder + "_x.folds.npy"), part["crops"][first]))
        labels.append(part["labels"][first])
        display.append(part["display"][first])
        person.append(part["person"][first])
    labels, display, person = np.concatenate(labels), np.concatenate(display), np.concatenate(person)
    return Data(np.concatenate(points), np.concatenate(folds), mirror, mask), labels, display, person


def load_real(work, muxspace, mirror, mask):
    real = read_muxspace(os.path.join(work, "mux"), muxspace, crops=True)
    first = real["pass"] == 0
    folds = cached_folds(os.path.join(work, "mux.folds.npy"), real["crops"][first])
    return Data(real["points"][first], folds, mirror, mask), real["neutral"][first], real["smiling"][first], {k: v[first] for k, v in real["blendshapes"].items()}


# Lid closure is read off the lids themselves: the opening at the middle of the left eye, in tenths of a centimetre of the
# canonical face (7.6 in the median face; below 3 the lids count as closing, at 1.5 as closed).
LIDS_AT_REST = 7.6
LEFT_LIDS = [(387, 373), (386, 374), (385, 380)]


def lid_closure():
    weights = np.zeros((468, 3))
    for upper, lower in LEFT_LIDS:
        weights[upper, 1] -= 10 / len(LEFT_LIDS)
        weights[lower, 1] += 10 / len(LEFT_LIDS)
    return weights.ravel()


class Head:
    """Weights of the left side over landmarks and folds, and where zero lies for rendered and for real faces."""

    def __init__(self, data, labels, display, real, neutral, smiling):
        target = np.concatenate([labels[:, :, 0], labels[:, :, 1]])
        weight = np.tile(np.where(display == "random", 1.0, PROTOTYPE_WEIGHT), 2)
        rest, smile = np.tile(neutral, 2), np.tile(smiling, 2)

        def mixed(k):
            parts = [data.rows(k), real.rows(k)[rest], real.rows(k)[smile]]
            return np.concatenate([p - p.mean(0) for p in parts])

        self.blocks = [Block(mixed(0), 250), Block(mixed(1), 600)]
        scales = (1.0, FOLD_SCALE)
        z, r = (np.concatenate([s * b(d.rows(k)) for k, (b, s) in enumerate(zip(self.blocks, scales))], 1) for d in (data, real))
        coefficients = solve(z, target, weight, r[rest], r[smile])
        split = self.blocks[0].vectors.shape[1]
        self.points, _ = self.blocks[0].unfold(coefficients[:split])
        self.folds, _ = self.blocks[1].unfold(FOLD_SCALE * coefficients[split:])

    def score(self, data):
        """→ left, right [N,23] without offset."""
        return [side[0] @ self.points + side[1] @ self.folds for side in (data.left, data.right)]


def write_check(path, mean, points_matrix, folds_matrix, offset, gain, midpoint):
    """What this script computes for an input that a test can make again: the ONNX graph must answer the same."""
    points = np.round(mean.astype(np.float64), 3).ravel()
    p = np.arange(SIDE * SIDE)
    crop = np.round(128 + 40 * np.sin(0.003 * p) + 10 * np.sin(0.3 * (p % SIDE))).astype(np.uint8).reshape(1, SIDE, SIDE)
    score = points @ points_matrix + features(crop).reshape(-1) @ folds_matrix + offset
    left, right = score[:len(AUS)], score[len(AUS):]
    values = [5 / (1 + np.exp(-gain * (s - midpoint))) for s in (both_of(left, right), left, right)]
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as f:
        json.dump({"points": points.tolist(), "values": [[round(float(v[k]), 5) for v in values] for k in range(len(AUS))]}, f)
        f.write("\n")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("work")
    parser.add_argument("muxspace")
    parser.add_argument("out")
    parser.add_argument("--renders", default="a1,a2")
    options = parser.parse_args()
    torch.set_num_threads(1)
    mean, mirror = load_template(options.work)
    mask = cells_in_face(mean)
    data, labels, display, _ = load_renders(options.work, options.renders.split(","), mirror, mask)
    real, neutral, smiling, _ = load_real(options.work, options.muxspace, mirror, mask)
    head = Head(data, labels, display, real, neutral, smiling)

    rendered, seen = head.score(data), head.score(real)
    strong = labels.mean(2) >= STRONG_SCORE
    none = labels.max(2) < 0.3
    rest = np.median((seen[0][neutral] + seen[1][neutral]) / 2, axis=0)
    whole = (rendered[0] + rendered[1]) / 2
    # Ridge shrinks weak cues more than strong ones: 4 is what a face rendered at about 4 reaches above rest.
    factor = np.array([4 / max(0.05, np.median(whole[strong[:, k], k]) - np.median(whole[none[:, k], k])) for k in range(len(AUS))])
    head.points *= factor
    head.folds *= factor
    offset = -rest * factor
    lids = AUS.index("AU45")
    head.points[:, lids], head.folds[:, lids], offset[lids] = lid_closure(), 0, LIDS_AT_REST
    factor[lids] = 1
    seen = [s + offset for s in head.score(real)]
    both = both_of(*seen)
    def logit(value):
        return np.log(value / (5 - value))

    gain, midpoint = np.zeros(len(AUS)), np.zeros(len(AUS))
    for k, name in enumerate(AUS):
        present, marked = (np.quantile(both[:, k], 1 - share) for share in SHARES[name])
        calm = np.median(both[neutral, k])
        gain[k] = max((logit(MARKED) - logit(PRESENT)) / (marked - present), (logit(PRESENT) - logit(AT_REST)) / max(0.2, present - calm))
        if name == "AU45":
            present, marked = LIDS_AT_REST - 3.0, LIDS_AT_REST - 1.5
            gain[k] = (logit(3.5) - logit(PRESENT)) / (marked - present)
        midpoint[k] = present - logit(PRESENT) / gain[k]
    value = 5 / (1 + np.exp(-gain * (both - midpoint)))
    threshold = np.full(len(AUS), PRESENT)

    grid_folds = np.zeros((CHANNELS, CELLS, CELLS, len(AUS)))
    grid_folds[:, mask] = head.folds.reshape(CHANNELS, mask.sum(), len(AUS))
    points_matrix, folds_matrix = matrices(head.points, grid_folds, mirror, mirror_features)
    export(os.path.join(options.out, "au-head.onnx"), points_matrix, folds_matrix, np.concatenate([offset, offset]), gain, midpoint,
           {"aus": ",".join(AUS), "version": VERSION})
    with open(os.path.join(options.work, "grid.json")) as f:
        grid = json.load(f)
    sidecar = {"version": VERSION, "aus": AUS, "sides": [a for a in AUS if a in SIDED],
               "thresholds": {a: round(float(t), 2) for a, t in zip(AUS, threshold)},
               "calibration": {a: {"gain": round(float(g), 4), "midpoint": round(float(m), 4)} for a, g, m in zip(AUS, gain, midpoint)},
               "grid": grid}
    with open(os.path.join(options.out, "au-head.json"), "w") as f:
        json.dump(sidecar, f, separators=(",", ":"))
        f.write("\n")
    write_check(os.path.join(options.out, "training", "check.json"), mean, points_matrix, folds_matrix, np.concatenate([offset, offset]), gain, midpoint)
    np.savez(os.path.join(options.work, "head.npz"), points=points_matrix, folds=folds_matrix, offset=offset, gain=gain, midpoint=midpoint, threshold=threshold)
    for k, name in enumerate(AUS):
        print(name, "factor %.1f" % factor[k], "neutral p5 %.2f p95 %.2f" % tuple(np.quantile(value[neutral, k], [0.05, 0.95])),
              "all p75 %.2f p95 %.2f p99 %.2f" % tuple(np.quantile(value[:, k], [0.75, 0.95, 0.99])), "smiling p50 %.2f" % np.median(value[smiling, k]))


if __name__ == "__main__":
    main()
