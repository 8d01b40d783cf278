"""Writes ONNX files with nothing but the protobuf wire format (Debian's Python has no onnx package)."""
import struct

import numpy as np

FLOAT, INT64 = 1, 7


def varint(value):
    value &= (1 << 64) - 1
    out = b""
    while True:
        byte = value & 0x7F
        value >>= 7
        if value:
            out += bytes([byte | 0x80])
        else:
            return out + bytes([byte])


def number(field, value):
    return varint(field << 3) + varint(value)


def block(field, data):
    if isinstance(data, str):
        data = data.encode()
    return varint(field << 3 | 2) + varint(len(data)) + data


def tensor(name, array):
    array = np.asarray(array)
    kind = INT64 if array.dtype.kind in "iu" else FLOAT
    data = np.ascontiguousarray(array, "<i8" if kind == INT64 else "<f4").tobytes()
    return b"".join(number(1, d) for d in array.shape) + number(2, kind) + block(8, name) + block(9, data)


def attribute(name, value):
    head = block(1, name)
    if isinstance(value, float):
        return head + varint(2 << 3 | 5) + struct.pack("<f", value) + number(20, 1)
    if isinstance(value, int):
        return head + number(3, value) + number(20, 2)
    if isinstance(value, str):
        return head + block(4, value) + number(20, 3)
    return head + b"".join(number(8, v) for v in value) + number(20, 7)


def value_info(name, shape, kind=FLOAT):
    dims = b"".join(block(1, block(2, d) if isinstance(d, str) else number(1, d)) for d in shape)
    return block(1, name) + block(2, block(1, number(1, kind) + block(2, dims)))


class Graph:
    def __init__(self, name, opset=17):
        self.name, self.opset = name, opset
        self.nodes, self.initialisers, self.inputs, self.outputs = [], [], [], []
        self.count = 0

    def input(self, name, shape):
        self.inputs.append(value_info(name, shape))
        return name

    def output(self, name, shape):
        self.outputs.append(value_info(name, shape))

    def constant(self, array, name=None):
        self.count += 1
        name = name or f"c{self.count}"
        self.initialisers.append(tensor(name, array))
        return name

    def node(self, operator, inputs, output=None, **attributes):
        self.count += 1
        output = output or f"v{self.count}"
        inputs = [i if isinstance(i, str) else self.constant(i) for i in inputs]
        self.nodes.append(b"".join(block(1, i) for i in inputs) + block(2, output) + block(3, f"{operator}_{self.count}")
                          + block(4, operator) + b"".join(block(5, attribute(k, v)) for k, v in sorted(attributes.items())))
        return output

    def save(self, path, metadata):
        graph = (b"".join(block(1, n) for n in self.nodes) + block(2, self.name) + b"".join(block(5, i) for i in self.initialisers)
                 + b"".join(block(11, i) for i in self.inputs) + b"".join(block(12, o) for o in self.outputs))
        model = number(1, 8) + block(2, "whyface") + block(7, graph) + block(8, block(1, "") + number(2, self.opset))
        for key, value in sorted(metadata.items()):
            model += block(14, block(1, key) + block(2, value))
        with open(path, "wb") as f:
            f.write(model)
