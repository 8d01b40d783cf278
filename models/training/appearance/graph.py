"""The appearance network as ONNX nodes, its normalisations of real faces folded into the convolutions."""
import numpy as np

from network import REAL, STRIDES, WIDTHS

EPSILON = 1e-5


def folded(weight, state, prefix):
    """→ weight and offset with the normalisation in them."""
    norm = {k: state[f"{prefix}.by.{REAL}.{k}"].numpy() for k in ("weight", "bias", "running_mean", "running_var")}
    gain = norm["weight"] / np.sqrt(norm["running_var"] + EPSILON)
    return weight * gain.reshape(-1, *[1] * (weight.ndim - 1)), norm["bias"] - norm["running_mean"] * gain


def trunk_nodes(graph, crop, state, output=None):
    """crop [N,1,128,128] 0–255 → name of [N,HIDDEN]."""
    def constant(value):
        return np.asarray(value, np.float32)

    mean = graph.node("ReduceMean", [crop], axes=[2, 3], keepdims=1)
    centred = graph.node("Sub", [crop, mean])
    power = graph.node("ReduceMean", [graph.node("Mul", [centred, centred])], axes=[2, 3], keepdims=1)
    spread = graph.node("Add", [graph.node("Sqrt", [power]), constant([8])])
    x = graph.node("Div", [centred, spread])
    for k, stride in enumerate(STRIDES):
        weight, offset = folded(state[f"network.layers.{k}.weight"].numpy(), state, f"network.norms.{k}")
        size = weight.shape[2]
        x = graph.node("Conv", [x, constant(weight), constant(offset)], kernel_shape=[size, size], strides=[stride, stride], pads=[size // 2] * 4)
        x = graph.node("Relu", [x])
    flat = graph.node("Reshape", [x, np.array([0, WIDTHS[-1] * 64])])
    weight, offset = folded(state["network.mix.weight"].numpy(), state, "network.mixed")
    return graph.node("Relu", [graph.node("Gemm", [flat, constant(weight.T), constant(offset)])], output=output)


def read_out(state, *names):
    """Weights [HIDDEN,n] and offsets [n] of some read-outs, side by side."""
    weights = np.concatenate([state[f"{n}.weight"].numpy() for n in names]).T
    return weights, np.concatenate([state[f"{n}.bias"].numpy() for n in names])
