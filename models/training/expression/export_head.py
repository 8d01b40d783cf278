"""Writes the expression head as an ONNX graph: landmarks and aligned face in, eight shares out."""
import numpy as np

from displays import LABELS
from export import fold_nodes
from expressions import AUS
from faces import FOLD_SCALE
from folds import CELL, CHANNELS, SIDE, mirror_features
from head import CONTEMPT, CONTEMPT_RIGHT, CORNERS, MIRRORED, SATURATION
from onnx_writer import Graph

CELLS = SIDE // CELL
COUNT = len(AUS)


def raw_weights(faces, coefficients):
    """Weights of the components [400,9] → of landmarks [1434,9] and folds [4608,9], the same for a face and its mirror image."""
    classes = coefficients.shape[1]
    split = faces.blocks[0].vectors.shape[1]
    from_points, offset_points = faces.blocks[0].unfold(coefficients[:split])
    from_folds, offset_folds = faces.blocks[1].unfold(FOLD_SCALE * coefficients[split:])
    points = np.zeros((478, 3, classes))
    points[:468] = from_points.reshape(468, 3, classes)
    folds = np.zeros((CHANNELS, CELLS, CELLS, classes))
    folds[:, faces.mask] = from_folds.reshape(CHANNELS, faces.mask.sum(), classes)
    turned_points = np.zeros_like(points)
    turned_points[faces.mirror] = points * np.array([-1, 1, 1])[None, :, None]
    turned_folds = np.moveaxis(mirror_features(np.moveaxis(folds, 3, 0)), 0, 3)
    points = (points + turned_points[..., MIRRORED]) / 2
    folds = (folds + turned_folds[..., MIRRORED]) / 2
    return points.reshape(1434, classes), folds.reshape(-1, classes), offset_points + offset_folds


def symmetric(weights, sign=1):
    return (weights + sign * weights[:, MIRRORED]) / 2


def export(path, faces, head, temperature, version):
    count, classes = head.components, len(MIRRORED)
    points, folds, offset = raw_weights(faces, head.matrix[:count])
    components_zero, units_zero = faces.zero["real"]
    offset = offset - components_zero @ head.matrix[:count] + head.offset
    offset = (offset + offset[MIRRORED]) / 2
    lead = len(CORNERS)
    both, signed, absolute = np.split(head.matrix[count:], [COUNT, COUNT + lead])
    units = np.concatenate([symmetric(both), symmetric(signed, -1), symmetric(absolute)])

    graph = Graph("expression_head")
    graph.input("points", ["batch", 478, 3])
    graph.input("crop", ["batch", 1, SIDE, SIDE])
    flat = graph.node("Reshape", ["points", np.array([0, 1434])])
    cells = graph.node("Reshape", [fold_nodes(graph, "crop"), np.array([0, CHANNELS * CELLS * CELLS])])
    constant = np.concatenate([np.tile(faces.head["offset"], 2) - units_zero, offset])
    from_points = graph.node("Gemm", [flat, np.concatenate([faces.head["points"], points], 1).astype(np.float32), constant.astype(np.float32)])
    every = graph.node("Gemm", [cells, np.concatenate([faces.head["folds"], folds], 1).astype(np.float32), from_points])

    def columns(name, start, end):
        return graph.node("Slice", [name, np.array([start]), np.array([end]), np.array([1])])

    def bent(start):
        return graph.node("Tanh", [graph.node("Mul", [columns(every, start, start + COUNT), np.array([1 / SATURATION], np.float32)])])

    left, right = bent(0), bent(COUNT)
    mean = graph.node("Mul", [graph.node("Add", [left, right]), np.array([0.5], np.float32)])
    difference = graph.node("Gather", [graph.node("Sub", [left, right]), np.array(CORNERS)], axis=1)
    inputs = graph.node("Concat", [mean, difference, graph.node("Abs", [difference])], axis=1)
    logits = graph.node("Gemm", [inputs, units.astype(np.float32), columns(every, 2 * COUNT, 2 * COUNT + classes)])
    shares = graph.node("Softmax", [graph.node("Mul", [logits, np.array([1 / temperature], np.float32)])], axis=1)
    # The two corners of contempt are one expression.
    join = np.zeros((classes, len(LABELS)), np.float32)
    join[np.arange(len(LABELS)), np.arange(len(LABELS))] = 1
    join[CONTEMPT_RIGHT, CONTEMPT] = 1
    graph.node("MatMul", [shares, join], output="scores")
    graph.output("scores", ["batch", len(LABELS)])
    graph.save(path, {"labels": ",".join(LABELS), "version": version})
