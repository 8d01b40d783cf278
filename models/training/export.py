"""Writes the head as an ONNX graph: landmarks and aligned face in, intensities out."""
import numpy as np

from expressions import AUS, SIDED
from folds import CELL, CHANNELS, FLOOR, RADIUS, SIDE, kernels
from onnx_writer import Graph

# Intensities through which the scale of every unit goes: a face at rest, present, marked, close to the most there is.
LEVELS = (0.35, 1.3, 3.0, 4.5)
# What is left of a lead of one side that is lost in the noise of faces at rest.
SMALL_LEAD = 0.4


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


def export(path, matrices_, offset, noise, knots, network, covered, metadata):
    """matrices_: points [1434,46], folds [18·16·16,46] and network features [·,46], left then right; offset [46]; noise [23];
    knots [4,23]; network: what makes the features' nodes of the crop; covered: weights and offsets of the hidden regions."""
    count, cells = len(AUS), SIDE // CELL
    graph = Graph("au_head")
    graph.input("points", ["batch", 478, 3])
    graph.input("crop", ["batch", 1, SIDE, SIDE])
    flat = graph.node("Reshape", ["points", np.array([0, 1434])])
    folds = graph.node("Reshape", [fold_nodes(graph, "crop"), np.array([0, CHANNELS * cells * cells])])
    features = network(graph, "crop", "features")
    graph.output("features", ["batch", matrices_[2].shape[0]])
    points_matrix, folds_matrix, network_matrix = (m.astype(np.float32) for m in matrices_)
    score = graph.node("Gemm", [flat, points_matrix, offset.astype(np.float32)])
    score = graph.node("Gemm", [folds, folds_matrix, score])
    score = graph.node("Gemm", [features, network_matrix, score])
    left = graph.node("Slice", [score, np.array([0]), np.array([count]), np.array([1])])
    right = graph.node("Slice", [score, np.array([count]), np.array([2 * count]), np.array([1])])
    half = np.array([0.5], np.float32)
    mean = graph.node("Mul", [graph.node("Add", [left, right]), half])
    spread = graph.node("Mul", [graph.node("Sub", [left, right]), half])
    power = graph.node("Add", [graph.node("Mul", [spread, spread]), np.array([1e-6], np.float32)])
    heavier = graph.node("Add", [power, (noise ** 2).astype(np.float32)])
    trust = graph.node("Add", [graph.node("Mul", [graph.node("Div", [power, heavier]), np.array([1 - SMALL_LEAD], np.float32)]), np.array([SMALL_LEAD], np.float32)])
    lead = graph.node("Mul", [spread, trust])

    def level(name):
        def over(knot):
            return graph.node("Relu", [graph.node("Sub", [name, knot.astype(np.float32)])])

        def scaled(value, by):
            return graph.node("Mul", [value, np.broadcast_to(by, len(AUS)).astype(np.float32)])

        slopes = slopes_of(knots)
        under = graph.node("Relu", [graph.node("Sub", [knots[0].astype(np.float32), name])])
        value = scaled(graph.node("Exp", [scaled(under, -slopes[0] / LEVELS[0])]), LEVELS[0])
        for j, slope in enumerate(slopes):
            piece = graph.node("Sub", [over(knots[j]), over(knots[j + 1])])
            value = graph.node("Add", [value, scaled(piece, slope)])
        rest = 5 - LEVELS[-1]
        far = graph.node("Exp", [scaled(over(knots[-1]), -slopes[-1] / rest)])
        value = graph.node("Add", [value, graph.node("Sub", [np.array([rest], np.float32), scaled(far, rest)])])
        return graph.node("Unsqueeze", [value, np.array([2])])

    sides = [graph.node(operator, [mean, lead]) for operator in ("Add", "Sub")]
    whole = level(mean)
    kept = graph.node("Relu", [graph.node("Sub", [np.array([1], np.float32), graph.node("Div", [(noise ** 2).astype(np.float32), power])])])
    slope = mean_slope(knots).astype(np.float32)
    led, sure = (graph.node("Unsqueeze", [graph.node("Mul", [value, slope]), np.array([2])]) for value in (lead, graph.node("Abs", [graph.node("Mul", [spread, kept])])))
    values = graph.node("Concat", [graph.node("Add", [whole, sure]), graph.node("Add", [whole, led]), graph.node("Sub", [whole, led])], axis=2)
    graph.node("Clip", [values, np.array(0, np.float32), np.array(5, np.float32)], output="values")
    graph.output("values", ["batch", count, 3])
    graph.node("Concat", sides, output="scores", axis=1)
    graph.output("scores", ["batch", 2 * count])
    weights, offsets = (np.asarray(c, np.float32) for c in covered)
    graph.node("Sigmoid", [graph.node("Gemm", [features, weights, offsets])], output="covered")
    graph.output("covered", ["batch", len(offsets)])
    graph.save(path, metadata)


def slopes_of(knots):
    return [(LEVELS[j + 1] - LEVELS[j]) / (knots[j + 1] - knots[j]) for j in range(len(LEVELS) - 1)]


def levelled(score, knots):
    """Scores [.,23] → intensities 0–5: straight between the knots, flattening beyond them."""
    slopes = slopes_of(knots)
    value = LEVELS[0] * np.exp(-np.maximum(0, knots[0] - score) * slopes[0] / LEVELS[0])
    for j, slope in enumerate(slopes):
        value = value + slope * np.clip(score - knots[j], 0, knots[j + 1] - knots[j])
    rest = 5 - LEVELS[-1]
    return value + rest * (1 - np.exp(-np.maximum(0, score - knots[-1]) * slopes[-1] / rest))


def settled(left, right, noise):
    """→ left, right. A lead of one side that faces at rest have too is made smaller; it is not taken away, because over a person's
    own rest it tells more."""
    mean, spread = (left + right) / 2, (left - right) / 2
    power = spread ** 2 + 1e-6
    lead = spread * (SMALL_LEAD + (1 - SMALL_LEAD) * power / (power + noise ** 2))
    return mean + lead, mean - lead


def mean_slope(knots):
    """Intensity for score between rest and marked: by it a lead of one side counts the same at every level of the face."""
    return (LEVELS[2] - LEVELS[0]) / (knots[2] - knots[0])


def intensities(left, right, noise, knots):
    """Scores of the sides → both, left, right, 0–5. For the whole face a lead counts as far as it stands out of the noise."""
    whole, spread = levelled((left + right) / 2, knots), (left - right) / 2
    sure = np.abs(spread) * np.maximum(0, 1 - noise ** 2 / (spread ** 2 + 1e-6)) * mean_slope(knots)
    left, right = settled(left, right, noise)
    led = (left - right) / 2 * mean_slope(knots)
    return tuple(np.clip(v, 0, 5) for v in (whole + sure, whole + led, whole - led))


def matrices(mean, lead, on_grid, mirror, mirror_folds):
    """Weights [1404,23] and [folds,23] of the mean of both sides and of the lead of the left one → points [1434,46] and folds
    [18·16·16,46] of both sides. The mean is the same in the mirror, the lead its opposite; units without sides have none."""
    def turned_points(weights):
        turned = np.zeros_like(weights)
        turned[mirror] = weights * np.array([-1, 1, 1])[None, :, None]
        return turned

    def turned_folds(weights):
        return np.moveaxis(mirror_folds(np.moveaxis(weights, 3, 0)), 0, 3)

    def on_points(weights):
        points = np.zeros((478, 3, len(AUS)))
        points[:468] = weights.reshape(468, 3, len(AUS))
        return points

    sided = np.array([name in SIDED for name in AUS])
    result = []
    for k, (place, turned) in enumerate(((on_points, turned_points), (on_grid, turned_folds))):
        level, side = place(mean[k]), place(lead[k]) * sided
        even, odd = (level + turned(level)) / 2, (side - turned(side)) / 2
        result.append(np.concatenate([(even + odd).reshape(-1, len(AUS)), (even - odd).reshape(-1, len(AUS))], 1))
    return result
