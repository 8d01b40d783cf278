"""Writes the head as an ONNX graph: landmarks and aligned face in, intensities out."""
import numpy as np

from expressions import AUS, SIDED
from folds import CELL, CHANNELS, FLOOR, RADIUS, SIDE, kernels
from onnx_writer import Graph

# A difference between the sides below twice this (score units, 4 = an AU rendered at 4) is noise.
SIDE_NOISE = 0.4


def fold_nodes(graph, crop):
    """The layers of folds.Folds."""
    def padded(name, width):
        return graph.node("Pad", [name, np.array([0, 0, width, width, 0, 0, width, width])], mode="edge")

    def filtered(name, bank):
        return graph.node("Conv", [padded(name, RADIUS), bank], kernel_shape=[2 * RADIUS + 1] * 2)

    def pooled(name, size):
        return graph.node("AveragePool", [name], kernel_shape=[size, size], strides=[size, size])

    lines, edges = graph.constant(kernels(2, 1.3)), graph.constant(kernels(1, 1.5))
    half = pooled(crop, 2)
    fine = pooled(graph.node("Relu", [filtered(crop, lines)]), CELL)
    broad = pooled(graph.node("Relu", [filtered(half, lines)]), CELL // 2)
    edge = pooled(graph.node("Abs", [filtered(crop, edges)]), CELL)
    energy = graph.node("ReduceMean", [edge], axes=[1], keepdims=1)
    around = graph.node("AveragePool", [padded(energy, 2)], kernel_shape=[5, 5], strides=[1, 1])
    floor = graph.node("Add", [around, np.array([FLOOR], np.float32)])
    joined = graph.node("Concat", [fine, broad, edge], axis=1)
    # The pooled answers of a flat picture can be a rounding error below zero.
    return graph.node("Sqrt", [graph.node("Relu", [graph.node("Div", [joined, floor])])])


def export(path, points_matrix, folds_matrix, offset, gain, midpoint, metadata):
    """points_matrix [1434,46], folds_matrix [18·16·16,46]: left then right; offset [46]; gain, midpoint [23]."""
    count, cells = len(AUS), SIDE // CELL
    graph = Graph("au_head")
    graph.input("points", ["batch", 478, 3])
    graph.input("crop", ["batch", 1, SIDE, SIDE])
    flat = graph.node("Reshape", ["points", np.array([0, 1434])])
    folds = graph.node("Reshape", [fold_nodes(graph, "crop"), np.array([0, CHANNELS * cells * cells])])
    from_points = graph.node("Gemm", [flat, points_matrix.astype(np.float32), offset.astype(np.float32)])
    score = graph.node("Gemm", [folds, folds_matrix.astype(np.float32), from_points])
    left = graph.node("Slice", [score, np.array([0]), np.array([count]), np.array([1])])
    right = graph.node("Slice", [score, np.array([count]), np.array([2 * count]), np.array([1])])
    half = np.array([0.5], np.float32)
    mean = graph.node("Mul", [graph.node("Add", [left, right]), half])
    spread = graph.node("Mul", [graph.node("Abs", [graph.node("Sub", [left, right])]), half])
    both = graph.node("Add", [mean, graph.node("Relu", [graph.node("Sub", [spread, np.array([SIDE_NOISE], np.float32)])])])

    def level(name):
        moved = graph.node("Mul", [graph.node("Sub", [name, midpoint.astype(np.float32)]), gain.astype(np.float32)])
        value = graph.node("Mul", [graph.node("Sigmoid", [moved]), np.array([5], np.float32)])
        return graph.node("Unsqueeze", [value, np.array([2])])

    graph.node("Concat", [level(both), level(left), level(right)], output="values", axis=2)
    graph.output("values", ["batch", count, 3])
    graph.save(path, metadata)


def both_of(left, right):
    """The stronger side, less what noise alone would make of it."""
    return (left + right) / 2 + np.maximum(0, np.abs(left - right) / 2 - SIDE_NOISE)


def matrices(points_weights, fold_weights, mirror, mirror_folds):
    """Weights of the left side [1404,23], [18,16,16,23] → matrices of both sides; units without sides get the mean twice."""
    left = np.zeros((478, 3, len(AUS)))
    left[:468] = points_weights.reshape(468, 3, len(AUS))
    right = np.zeros_like(left)
    right[mirror] = left * np.array([-1, 1, 1])[None, :, None]
    folds_left = fold_weights
    folds_right = np.moveaxis(mirror_folds(np.moveaxis(fold_weights, 3, 0)), 0, 3).copy()
    for k, name in enumerate(AUS):
        if name not in SIDED:
            left[:, :, k] = right[:, :, k] = (left[:, :, k] + right[:, :, k]) / 2
            folds_left[..., k] = folds_right[..., k] = (folds_left[..., k] + folds_right[..., k]) / 2
    points = np.concatenate([left, right], 2).reshape(1434, -1)
    folds = np.concatenate([folds_left, folds_right], 3).reshape(-1, 2 * len(AUS))
    return points, folds
