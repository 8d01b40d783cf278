"""Fits the action-unit head and writes models/au-head.onnx and models/au-head.json.

    python3 train.py WORK_FOLDER MUXSPACE_FOLDER OUT_FOLDER --renders a1,a2 [--network appearance.pt]

WORK_FOLDER holds template.npz, grid.json (grid.py), mux.* (extract.ts over muxspace/images) and the render folders. Without a
network only head.npz is written: what the network's training takes its readings of real faces from.
"""
import argparse
import json
import os
import sys

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "appearance"))

import numpy as np
import torch
from scipy.spatial import Delaunay

from export import LEVELS, export, intensities, matrices
from expressions import AUS, SIDED
from faces_data import load_template, mirror_points, read_renders
from fit import FOLD_SCALE, Block, odd_block, solve, solve_lead
from folds import CELL, CHANNELS, SIDE, features, mirror_features
from graph import read_out, trunk_nodes
from grid import BOTTOM, LEFT, RIGHT, TOP
from network import REAL, RENDERED
from readings import load_network, network_readings
from real_faces import read_muxspace

VERSION = "0.4.0"
SCALES = (1.0, FOLD_SCALE)
CELLS = SIDE // CELL
# Renders at this intensity and above set the unit of the scores (4), so that scores mean about the same for every AU.
STRONG_SCORE = 3.3
PRESENT = 1.3
# Least distance of the scores of two of export.LEVELS: what is closer is told apart by noise.
LEAST_STEP = 0.25
# Share of the muxspace faces in which the AU is present, and marked (C) or more: read off sheets of those faces in the
# order of their scores by a developer (no certified coder). AUs that press photos lack are guesses from their few best. AU1, 4, 6,
# 10, 20 and 26 were raised by a third after the photos of developer-reading.txt had shown far more of them missed than made up.
SHARES = {
    "AU1": (0.13, 0.030), "AU2": (0.075, 0.018), "AU4": (0.24, 0.060), "AU5": (0.03, 0.008), "AU6": (0.34, 0.13), "AU7": (0.20, 0.045),
    "AU9": (0.03, 0.006), "AU10": (0.085, 0.020), "AU12": (0.40, 0.22), "AU14": (0.05, 0.012), "AU15": (0.04, 0.008), "AU16": (0.03, 0.008),
    "AU17": (0.08, 0.015), "AU18": (0.02, 0.004), "AU20": (0.065, 0.013), "AU22": (0.03, 0.008), "AU23": (0.05, 0.010), "AU24": (0.05, 0.010),
    "AU25": (0.56, 0.19), "AU26": (0.20, 0.045), "AU27": (0.012, 0.004), "AU28": (0.012, 0.004), "AU45": (0.009, 0.004),
}
PROTOTYPE_WEIGHT = 6.0
# What the appearance network counts beside the linear reading, each measured from the median to the 95th percentile of real
# faces: its read-out taught by renders, and the one taught by the linear reading of real faces.
NETWORK_SHARE = (0.5, 0.5)
# Units of outline more than of skin: with more, teeth alone would make a smile.
OF_OUTLINE, OUTLINE_SHARE = {"AU2", "AU5", "AU12", "AU25", "AU26", "AU27"}, 0.3
# A lead of one side below this quantile of the leads of real faces at rest is noise.
REST_LEAD = 0.9
# A lead read worse than this is not stretched to its full size: that would be noise.
MOST_LEAD = 12.0


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


class Real:
    """muxspace: features, and which faces are at rest or smile."""

    def __init__(self, work, muxspace, names, mirror, mask):
        parts = [read_muxspace(os.path.join(work, n), muxspace, crops=True) for n in names]
        first = [p["pass"] == 0 for p in parts]

        def joined(key):
            return np.concatenate([p[key][f] for p, f in zip(parts, first)])

        self.crops = joined("crops")
        folds = np.concatenate([cached_folds(os.path.join(work, n + ".folds.npy"), p["crops"][f]) for n, p, f in zip(names, parts, first)])
        self.data = Data(joined("points"), folds, mirror, mask)
        self.neutral, self.smiling = joined("neutral"), joined("smiling")
        self.blendshapes = {n: np.concatenate([p["blendshapes"][n][f] for p, f in zip(parts, first)]) for n in parts[0]["blendshapes"]}


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
    """Weights of the mean of both sides and of the lead of the left one over landmarks and folds."""

    def __init__(self, data, labels, display, real, neutral, smiling):
        target = np.concatenate([labels[:, :, 0], labels[:, :, 1]])
        weight = np.tile(np.where(display == "random", 1.0, PROTOTYPE_WEIGHT), 2)
        rest, smile = np.tile(neutral, 2), np.tile(smiling, 2)

        def mixed(k):
            parts = [data.rows(k), real.rows(k)[rest], real.rows(k)[smile]]
            return np.concatenate([p - p.mean(0) for p in parts])

        self.blocks = [Block(mixed(0), 250), Block(mixed(1), 600)]
        z, r = (np.concatenate([s * b(d.rows(k)) for k, (b, s) in enumerate(zip(self.blocks, SCALES))], 1) for d in (data, real))
        self.mean = self.unfold(self.blocks, solve(z, target, weight, r[rest], r[smile]))
        odd = [odd_block(np.concatenate([d.left[k] - d.right[k] for d in (data, real)]), n) for k, n in enumerate((200, 400))]
        z, r = (np.concatenate([s * b(d.left[k] - d.right[k]) for k, (b, s) in enumerate(zip(odd, SCALES))], 1) for d in (data, real))
        self.lead = self.unfold(odd, solve_lead(z, labels[:, :, 0] - labels[:, :, 1], r))

    @staticmethod
    def unfold(blocks, coefficients):
        split = blocks[0].vectors.shape[1]
        return [b.unfold(s * c)[0] for b, s, c in zip(blocks, SCALES, (coefficients[:split], coefficients[split:]))]

    def score(self, data):
        """→ mean of both sides, half the lead of the left one, [N,23] without offset."""
        mean = sum((data.left[k] + data.right[k]) @ w for k, w in enumerate(self.mean)) / 2
        return mean, sum((data.left[k] - data.right[k]) @ w for k, w in enumerate(self.lead)) / 2


class NetworkPart:
    """What the appearance network adds to the mean of both sides: weights [HIDDEN,23] of the features of a face."""

    def __init__(self, model, state, real, mean):
        self.features = network_readings(model, real.crops, REAL)
        weights, _ = read_out(state, "network.units", "read")
        # Both sides of a unit, of a face and of its mirror image, count alike.
        by_head = [weights[:, k * 2 * len(AUS):(k + 1) * 2 * len(AUS)].reshape(-1, len(AUS), 2).mean(2) for k in (0, 1)]
        reach = np.subtract(*np.quantile(mean, [0.95, 0.5], axis=0))
        self.weights = np.zeros_like(by_head[0])
        for head, share in zip(by_head, NETWORK_SHARE):
            own = np.subtract(*np.quantile(self.features.mean(1) @ head, [0.95, 0.5], axis=0))
            self.weights += share * head * reach / np.maximum(own, 1e-3)
        self.weights *= [0 if name == "AU45" else OUTLINE_SHARE if name in OF_OUTLINE else 1 for name in AUS]

    def __call__(self, features):
        return features.mean(1) @ self.weights


def calibrate(mean, neutral):
    """Score at each of LEVELS, [4,23]: rest, present, marked and strongest, from shares of the real faces."""
    knots = np.zeros((len(LEVELS), len(AUS)))
    for k, name in enumerate(AUS):
        present, marked = SHARES[name]
        at = [np.quantile(mean[:, k], 1 - share) for share in (present, marked, marked / 8)]
        if name == "AU45":
            at = [LIDS_AT_REST - opening for opening in (3.0, 1.6, 0.4)]
        knots[:, k] = [np.median(mean[neutral, k]), *at]
        for j in range(1, len(LEVELS)):
            knots[j, k] = max(knots[j, k], knots[j - 1, k] + LEAST_STEP)
    return knots


def write_check(path, mean, matrices_, offset, noise, knots, model):
    """What this script computes for an input that a test can make again: the ONNX graph must answer the same."""
    points = np.round(mean.astype(np.float64), 3).ravel()
    p = np.arange(SIDE * SIDE)
    crop = np.round(128 + 40 * np.sin(0.003 * p) + 10 * np.sin(0.3 * (p % SIDE))).astype(np.uint8).reshape(1, SIDE, SIDE)
    score = points @ matrices_[0] + features(crop).reshape(-1) @ matrices_[1] + offset
    covered = []
    if model is not None:
        seen = network_readings(model, crop, REAL)[0, 0]
        score = score + seen @ matrices_[2]
        with torch.no_grad():
            covered = torch.sigmoid(model.network.hidden(torch.from_numpy(seen))).tolist()
    values = intensities(score[:len(AUS)], score[len(AUS):], noise, knots)
    with open(path, "w") as f:
        json.dump({"points": points.tolist(), "values": [[round(float(v[k]), 5) for v in values] for k in range(len(AUS))],
                   "covered": [round(v, 5) for v in covered]}, f)
        f.write("\n")


def fit_head(data, labels, display, real, network=None):
    """→ head, offset of the mean, factor per unit, NetworkPart or None, mean and half lead of the real faces."""
    head = Head(data, labels, display, real.data, real.neutral, real.smiling)
    whole, lead = head.score(data)
    strong, none = labels.mean(2) >= STRONG_SCORE, labels.max(2) < 0.3
    seen, seen_lead = head.score(real.data)
    # Ridge shrinks weak cues more than strong ones: 4 is what a face rendered at about 4 reaches above rest.
    factor = np.array([4 / max(0.05, np.median(whole[strong[:, k], k]) - np.median(whole[none[:, k], k])) for k in range(len(AUS))])
    # And a lead of 4 is what a rendered lead of 4 is read as, at the median of the marked ones.
    leads = (labels[:, :, 0] - labels[:, :, 1]) / 2
    lead_factor = np.ones(len(AUS))
    for k, name in enumerate(AUS):
        marked = np.abs(leads[:, k]) > 0.75
        lead_factor[k] = 1 / max(0.02, np.median(lead[marked, k] / leads[marked, k])) if name in SIDED and marked.any() else 0
    head.mean = [w * factor for w in head.mean]
    head.lead = [w * np.minimum(lead_factor, MOST_LEAD) for w in head.lead]
    lids = AUS.index("AU45")
    head.mean[0][:, lids], head.mean[1][:, lids] = lid_closure(), 0
    head.lead[0][:, lids], head.lead[1][:, lids] = lid_closure(), 0
    seen, seen_lead = head.score(real.data)
    part = None if network is None else NetworkPart(*network, real, seen)
    if part is not None:
        seen = seen + part(part.features)
    offset = -np.median(seen[real.neutral], axis=0)
    offset[lids] = LIDS_AT_REST
    return head, offset, part, seen + offset, seen_lead


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("work")
    parser.add_argument("muxspace")
    parser.add_argument("out")
    parser.add_argument("--renders", default="a1,a2,a3,a4")
    parser.add_argument("--real", default="mux,mux2")
    parser.add_argument("--network", help="appearance.pt; without it nothing but the readings for its training is written")
    options = parser.parse_args()
    torch.set_num_threads(1)
    mean, mirror = load_template(options.work)
    mask = cells_in_face(mean)
    data, labels, display, _ = load_renders(options.work, options.renders.split(","), mirror, mask)
    real = Real(options.work, options.muxspace, options.real.split(","), mirror, mask)
    network = load_network(options.network) if options.network else None
    head, offset, part, seen, seen_lead = fit_head(data, labels, display, real, network)
    noise = np.quantile(np.abs(seen_lead[real.neutral]), REST_LEAD, axis=0)
    knots = calibrate(seen, real.neutral)
    value, left, right = intensities(seen + seen_lead, seen - seen_lead, noise, knots)
    np.save(os.path.join(options.work, "readings.npy"), np.stack([left, right], 2).astype(np.float32))

    def on_grid(weights):
        grid = np.zeros((CHANNELS, CELLS, CELLS, len(AUS)))
        grid[:, mask] = weights.reshape(CHANNELS, mask.sum(), len(AUS))
        return grid

    matrices_ = matrices(head.mean, head.lead, on_grid, mirror, mirror_features)
    if part is not None:
        matrices_.append(np.concatenate([part.weights, part.weights], 1))
    offsets = np.concatenate([offset, offset])
    threshold = np.full(len(AUS), PRESENT)
    np.savez(os.path.join(options.work, "head.npz"), points=matrices_[0], folds=matrices_[1], network=part.weights if part else np.zeros(0),
             offset=offset, noise=noise, knots=knots, threshold=threshold)
    for k, name in enumerate(AUS):
        print(name, "lead at rest %.2f" % noise[k], "neutral p5 %.2f p95 %.2f" % tuple(np.quantile(value[real.neutral, k], [0.05, 0.95])),
              "all p75 %.2f p95 %.2f p99 %.2f" % tuple(np.quantile(value[:, k], [0.75, 0.95, 0.99])), "smiling p50 %.2f" % np.median(value[real.smiling, k]))
    if part is None:
        return
    state = network[1]
    export(os.path.join(options.out, "au-head.onnx"), matrices_, offsets, noise, knots,
           lambda graph, crop, output: trunk_nodes(graph, crop, state, output), read_out(state, "network.hidden"), {"aus": ",".join(AUS), "version": VERSION})
    with open(os.path.join(options.work, "grid.json")) as f:
        grid = json.load(f)
    sidecar = {"version": VERSION, "aus": AUS, "sides": [a for a in AUS if a in SIDED],
               "thresholds": {a: round(float(t), 2) for a, t in zip(AUS, threshold)},
               "calibration": {a: [round(float(v), 4) for v in knots[:, k]] for k, a in enumerate(AUS)},
               "grid": grid}
    with open(os.path.join(options.out, "au-head.json"), "w") as f:
        json.dump(sidecar, f, separators=(",", ":"))
        f.write("\n")
    write_check(os.path.join(options.out, "training", "check.json"), mean, matrices_, offsets, noise, knots, network[0])


if __name__ == "__main__":
    main()
