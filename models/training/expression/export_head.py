"""Writes the expression head as an ONNX graph: landmarks and what the action-unit graph makes of the aligned face in, eight shares out."""
import numpy as np

from displays import LABELS
from expressions import AUS
from head import CONTEMPT, CONTEMPT_RIGHT, CORNERS, MIRRORED, SATURATION
from network import HIDDEN
from onnx_writer import Graph

COUNT = len(AUS)


def raw_weights(faces, coefficients):
    """Weights of the components of landmarks → of landmarks [1434,9], the same for a face and its mirror image, and their offset."""
    classes = coefficients.shape[1]
    weights, offset = faces.block.unfold(coefficients)
    points = np.zeros((478, 3, classes))
    points[:468] = weights.reshape(468, 3, classes)
    turned = np.zeros_like(points)
    turned[faces.mirror] = points * np.array([-1, 1, 1])[None, :, None]
    return ((points + turned[..., MIRRORED]) / 2).reshape(1434, classes), offset


def symmetric(weights, sign=1):
    return (weights + sign * weights[:, MIRRORED]) / 2


def export(path, faces, head, temperature, version):
    count, classes = head.components, len(MIRRORED)
    split = faces.block.vectors.shape[1]
    points, offset = raw_weights(faces, head.matrix[:split])
    appearance = symmetric(head.matrix[split:count] / faces.reach["real"][:, None])
    components_zero, units_zero = faces.zero["real"]
    offset = offset - components_zero @ head.matrix[:count] + head.offset
    offset = (offset + offset[MIRRORED]) / 2
    lead = len(CORNERS)
    both, signed, absolute = np.split(head.matrix[count:], [COUNT, COUNT + lead])
    units = np.concatenate([symmetric(both), symmetric(signed, -1), symmetric(absolute)])

    graph = Graph("expression_head")
    graph.input("points", ["batch", 478, 3])
    graph.input("features", ["batch", HIDDEN])
    graph.input("scores", ["batch", 2 * COUNT])
    flat = graph.node("Reshape", ["points", np.array([0, 1434])])
    linear = graph.node("Gemm", [flat, points.astype(np.float32), offset.astype(np.float32)])
    linear = graph.node("Gemm", ["features", appearance.astype(np.float32), linear])
    moved = graph.node("Sub", ["scores", units_zero.astype(np.float32)])

    def bent(start):
        part = graph.node("Slice", [moved, np.array([start]), np.array([start + COUNT]), np.array([1])])
        return graph.node("Tanh", [graph.node("Mul", [part, np.array([1 / SATURATION], np.float32)])])

    left, right = bent(0), bent(COUNT)
    mean = graph.node("Mul", [graph.node("Add", [left, right]), np.array([0.5], np.float32)])
    difference = graph.node("Gather", [graph.node("Sub", [left, right]), np.array(CORNERS)], axis=1)
    inputs = graph.node("Concat", [mean, difference, graph.node("Abs", [difference])], axis=1)
    logits = graph.node("Gemm", [inputs, units.astype(np.float32), linear])
    shares = graph.node("Softmax", [graph.node("Mul", [logits, np.array([1 / temperature], np.float32)])], axis=1)
    # The two corners of contempt are one expression.
    join = np.zeros((classes, len(LABELS)), np.float32)
    join[np.arange(len(LABELS)), np.arange(len(LABELS))] = 1
    join[CONTEMPT_RIGHT, CONTEMPT] = 1
    graph.node("MatMul", [shares, join], output="shares")
    graph.output("shares", ["batch", len(LABELS)])
    graph.save(path, {"labels": ",".join(LABELS), "version": version})
