"""Fits the action-unit head and writes models/au-head.onnx and models/au-head.json.

    python3 train.py WORK_FOLDER MUXSPACE_FOLDER OUT_FOLDER --renders a1,a2

WORK_FOLDER holds template.npz, grid.json (grid.py), mux.* (extract.ts over muxspace/images) and the render folders.
"""
import argparse
import json
import os

import numpy as np

from expressions import AUS, SIDED
from faces_data import load_template, mirror_points, read_renders
from fit_linear import Fit
from onnx_writer import Graph
from real_faces import read_muxspace

VERSION = "0.1.0"
# Where the logistic that maps scores to intensities puts a real face at rest, and an AU rendered at 4.
AT_REST, STRONG, STRONG_SCORE = 0.3, 3.6, 3.3
# A difference between the sides below twice this (score units, 4 = an AU rendered at 4) is noise.
SIDE_NOISE = 0.4


def flatten(points):
    return points[:, :468].reshape(len(points), -1)


def both_of(left, right):
    """The stronger side, less what noise alone would make of it."""
    return (left + right) / 2 + np.maximum(0, np.abs(left - right) / 2 - SIDE_NOISE)


def fit_landmarks(renders, mirror, real, prototype_weight=3.0, strength=0.6):
    x = np.concatenate([flatten(renders["points"]), flatten(mirror_points(renders["points"], mirror))])
    y = np.concatenate([renders["labels"][:, :, 0], renders["labels"][:, :, 1]])
    weight = np.tile(np.where(renders["display"] == "random", 1.0, prototype_weight), 2)

    def two(mask):
        return np.concatenate([flatten(real["points"][mask]), flatten(mirror_points(real["points"][mask], mirror))])

    return Fit(x, y, weight, two(real["neutral"]), two(real["smiling"]), 0.5, 0.3, strength)


def stretch(scores, labels, rest):
    """Ridge shrinks weak cues more than strong ones: the factor per AU that lets an AU rendered at about 4 score 4 above rest."""
    factor = np.ones(len(AUS))
    for k in range(len(AUS)):
        strong = labels[:, k] >= STRONG_SCORE
        if strong.sum() > 10:
            factor[k] = 4 / max(0.08, np.median(scores[strong, k]) - np.median(rest[:, k]))
    return factor


def calibrate(rest):
    """rest [M,23]: scores of real neutral faces → gain, midpoint, threshold per AU."""
    low, high = np.log(AT_REST / (5 - AT_REST)), np.log(STRONG / (5 - STRONG))
    gain = np.full(len(AUS), (high - low) / 4)
    midpoint = np.median(rest, 0) - low / gain
    value = 5 / (1 + np.exp(-gain * (np.quantile(rest, 0.95, axis=0) - midpoint)))
    return gain, midpoint, np.clip(value, 0.7, 1.8)


def export(path, weights, offset, gain, midpoint, mirror, version):
    """weights [1404,23] of the left side → graph: points [N,478,3] → values [N,23,3] (both, left, right)."""
    full = np.zeros((478, 3, len(AUS)), np.float32)
    full[:468] = weights.reshape(468, 3, len(AUS))
    right = np.zeros_like(full)
    right[mirror] = full * np.array([-1, 1, 1], np.float32)[None, :, None]
    for k, name in enumerate(AUS):
        if name not in SIDED:
            full[:, :, k] = right[:, :, k] = (full[:, :, k] + right[:, :, k]) / 2
    graph = Graph("au_head")
    graph.input("points", ["batch", 478, 3])
    flat = graph.node("Reshape", ["points", np.array([0, 1434], np.int64)])
    count = len(AUS)
    matrix = np.concatenate([full.reshape(1434, count), right.reshape(1434, count)], 1)
    score = graph.node("Gemm", [flat, matrix.astype(np.float32), np.concatenate([offset, offset]).astype(np.float32)])
    left = graph.node("Slice", [score, np.array([0]), np.array([count]), np.array([1])])
    other = graph.node("Slice", [score, np.array([count]), np.array([2 * count]), np.array([1])])
    half = np.array([0.5], np.float32)
    mean = graph.node("Mul", [graph.node("Add", [left, other]), half])
    spread = graph.node("Mul", [graph.node("Abs", [graph.node("Sub", [left, other])]), half])
    extra = graph.node("Relu", [graph.node("Sub", [spread, np.array([SIDE_NOISE], np.float32)])])
    both = graph.node("Add", [mean, extra])

    def level(name):
        centred = graph.node("Mul", [graph.node("Sub", [name, midpoint.astype(np.float32)]), gain.astype(np.float32)])
        value = graph.node("Mul", [graph.node("Sigmoid", [centred]), np.array([5], np.float32)])
        return graph.node("Unsqueeze", [value, np.array([2])])

    graph.node("Concat", [level(both), level(left), level(other)], output="values", axis=2)
    graph.output("values", ["batch", count, 3])
    graph.save(path, {"aus": ",".join(AUS), "version": version})


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("work")
    parser.add_argument("muxspace")
    parser.add_argument("out")
    parser.add_argument("--renders", default="a1,a2")
    options = parser.parse_args()
    _, mirror = load_template(options.work)
    renders = read_renders([os.path.join(options.work, d) for d in options.renders.split(",")])
    real = read_muxspace(os.path.join(options.work, "mux"), options.muxspace)
    model = fit_landmarks(renders, mirror, real)
    weights, offset = model.weights, model.offset
    scores = [flatten(renders["points"]) @ weights + model.render_offset, flatten(mirror_points(renders["points"], mirror)) @ weights + model.render_offset]
    rest_points = real["points"][real["neutral"]]
    rest = [model(flatten(rest_points)), model(flatten(mirror_points(rest_points, mirror)))]
    factor = stretch((scores[0] + scores[1]) / 2, renders["labels"].mean(2), (rest[0] + rest[1]) / 2)
    weights, offset = weights * factor, offset * factor
    gain, midpoint, threshold = calibrate(both_of(rest[0] * factor, rest[1] * factor))
    export(os.path.join(options.out, "au-head.onnx"), weights, offset, gain, midpoint, mirror, VERSION)
    with open(os.path.join(options.work, "grid.json")) as f:
        grid = json.load(f)
    sidecar = {"version": VERSION, "aus": AUS, "sides": [a for a in AUS if a in SIDED],
               "thresholds": {a: round(float(t), 2) for a, t in zip(AUS, threshold)},
               "calibration": {a: {"gain": round(float(g), 4), "midpoint": round(float(m), 4)} for a, g, m in zip(AUS, gain, midpoint)},
               "grid": grid}
    with open(os.path.join(options.out, "au-head.json"), "w") as f:
        json.dump(sidecar, f, separators=(",", ":"))
        f.write("\n")
    np.savez(os.path.join(options.work, "head.npz"), weights=weights, offset=offset, gain=gain, midpoint=midpoint, threshold=threshold)
    print(sidecar["thresholds"])
    print("factor", np.round(factor, 1), "midpoint", np.round(midpoint, 2))


if __name__ == "__main__":
    main()
