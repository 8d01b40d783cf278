"""ICT-FaceKit (MIT, https://github.com/ICT-VGL/ICT-FaceKit) as arrays, with a few shapes of our own.

`python3 face_model.py FACEXMODEL_DIR OUT.npz` reads the .obj files once; `FaceModel(OUT.npz)` deforms.
Units are centimetres; x grows to the person's left, y up, z towards the camera.
"""
import glob
import os
import sys

import numpy as np

# The iris lies behind the transparent shell of the eye, which is painted instead.
SKIP = {"M_LacrimalFluid", "M_EyeBlend", "M_EyeOcclusion", "M_IrisLeft", "M_IrisRight"}


def read_vertices(path):
    with open(path) as lines:
        return np.array([line.split()[1:4] for line in lines if line.startswith("v ")], np.float32)


def convert(folder, out):
    neutral = read_vertices(os.path.join(folder, "generic_neutral_mesh.obj"))
    uv, faces, face_uv, material, names = [], [], [], [], []
    with open(os.path.join(folder, "generic_neutral_mesh.obj")) as lines:
        for line in lines:
            if line.startswith("vt "):
                uv.append([float(x) for x in line.split()[1:3]])
            elif line.startswith("usemtl"):
                names.append(line.split()[1])
            elif line.startswith("f ") and names[-1] not in SKIP:
                corner = [tuple(int(y) - 1 for y in x.split("/")[:2]) for x in line.split()[1:]]
                for i in range(1, len(corner) - 1):
                    triangle = (corner[0], corner[i], corner[i + 1])
                    faces.append([c[0] for c in triangle])
                    face_uv.append([c[1] for c in triangle])
                    material.append(len(names) - 1)
    shapes = sorted(os.path.basename(f)[:-4] for f in glob.glob(os.path.join(folder, "*.obj")))
    identity = [s for s in shapes if s.startswith("identity")]
    expression = [s for s in shapes if not s.startswith(("identity", "generic", "Pupil"))]

    def load(name):
        return read_vertices(os.path.join(folder, name + ".obj")) - neutral

    np.savez(
        out,
        neutral=neutral,
        uv=np.array(uv, np.float32),
        faces=np.array(faces, np.int32),
        face_uv=np.array(face_uv, np.int32),
        material=np.array(material, np.int8),
        materials=names,
        identity=np.stack([load(s) for s in identity]),
        expression=np.stack([load(s) for s in expression]),
        names=expression,
    )


def bump(points, centre, sigma):
    """Gaussian weight of each point round a centre; sigma is per axis, in cm."""
    d = (points - np.array(centre, np.float32)) / np.array(sigma, np.float32)
    return np.exp(-0.5 * (d * d).sum(1)).astype(np.float32)


def own_shapes(neutral):
    """Shapes ICT-FaceKit lacks: the corrugator's pull, and eye, brow and lip forms that differ between people.

    Sided shapes are made for the left (+x) and mirrored.
    """
    x, y, z = neutral.T
    shapes = {}
    for side, sign in (("L", 1.0), ("R", -1.0)):
        def at(cx, cy, cz):
            return (cx * sign, cy, cz)

        side_gate = 1 / (1 + np.exp(-(x * sign) / 0.25))
        # The brow's head goes down and towards the midline; the skin beside it bulges.
        head = bump(neutral, at(1.5, 5.6, 10.6), (1.1, 0.9, 3)) * side_gate
        body = bump(neutral, at(3.2, 6.0, 10.0), (1.5, 0.8, 3)) * side_gate
        knit = np.zeros_like(neutral)
        knit[:, 0] = -sign * (0.42 * head + 0.22 * body)
        knit[:, 2] = 0.16 * bump(neutral, at(0.7, 5.6, 10.7), (0.5, 0.7, 3)) * side_gate
        shapes["browKnit_" + side] = knit
        sink = np.zeros_like(neutral)
        sink[:, 1] = -0.40 * head - 0.22 * body
        shapes["browSink_" + side] = sink
        # Brow height as part of a person's form, without any pull.
        brow = bump(neutral, at(3.4, 5.9, 9.8), (2.4, 0.9, 4)) * side_gate
        height = np.zeros_like(neutral)
        height[:, 1] = 0.5 * brow
        height[:, 2] = 0.05 * brow
        shapes["formBrowHeight_" + side] = height
        inner = np.zeros_like(neutral)
        inner[:, 1] = 0.4 * bump(neutral, at(1.6, 5.9, 10.5), (1.1, 0.8, 4)) * side_gate
        shapes["formBrowSlant_" + side] = inner
        # Eye slant: outer corner up, inner corner down.
        lid = bump(neutral, at(3.1, 3.4, 9.2), (1.7, 1.0, 2)) * side_gate
        slant = np.zeros_like(neutral)
        slant[:, 1] = 0.12 * lid * np.clip((x * sign - 3.1) / 1.3, -1.3, 1.3)
        shapes["formEyeSlant_" + side] = slant
        # Epicanthic fold and a full lid without a crease: skin between brow and eye comes forward and down,
        # most at the inner corner, and the socket is filled.
        fold = np.zeros_like(neutral)
        socket = bump(neutral, at(2.9, 4.6, 9.6), (1.6, 0.7, 2)) * side_gate
        corner = bump(neutral, at(1.75, 3.55, 9.3), (0.55, 0.45, 1.5)) * side_gate
        fold[:, 2] = 0.38 * socket + 0.12 * corner
        fold[:, 1] = -0.22 * socket - 0.22 * corner
        fold[:, 0] = sign * 0.06 * corner
        shapes["formEpicanthus_" + side] = fold
        bag = np.zeros_like(neutral)
        bag[:, 2] = 0.14 * bump(neutral, at(3.0, 2.35, 9.4), (1.1, 0.35, 2)) * side_gate
        shapes["formEyeBag_" + side] = bag
    bridge = np.zeros_like(neutral)
    bridge[:, 2] = -0.5 * bump(neutral, (0, 3.4, 10.8), (0.9, 1.6, 3))
    shapes["formFlatBridge"] = bridge
    lips = np.zeros_like(neutral)
    face = z > 9.0
    lips[:, 1] = np.where(face, 0.22 * bump(neutral, (0, -2.6, 11.5), (1.6, 0.4, 2))
                          - 0.22 * bump(neutral, (0, -4.3, 11.3), (1.6, 0.4, 2)), 0)
    lips[:, 2] = np.where(face, 0.15 * (bump(neutral, (0, -2.8, 11.5), (1.6, 0.5, 2))
                                        + bump(neutral, (0, -4.0, 11.3), (1.6, 0.5, 2))), 0)
    shapes["formFullLips"] = lips
    return shapes


class FaceModel:
    def __init__(self, path):
        data = np.load(path, allow_pickle=False)
        self.neutral = data["neutral"]
        self.uv = data["uv"]
        self.identity = data["identity"]
        names = [str(n) for n in data["names"]]
        own = own_shapes(self.neutral)
        # The eyeballs, teeth and gums keep still under our own shapes.
        for shape in own.values():
            shape[14062:25047] = 0
        self.names = {n: i for i, n in enumerate(names + list(own))}
        self.expression = np.concatenate([data["expression"], np.stack(list(own.values()))])
        self.faces = data["faces"]
        self.face_uv = data["face_uv"]
        self.material = data["material"]
        self.materials = [str(m) for m in data["materials"]]
        self.shape_matrix = np.concatenate([self.identity, self.expression]).reshape(
            len(self.identity) + len(self.expression), -1)

    def deform(self, identity, coefficients):
        """identity [100] in standard deviations; coefficients {shape name: weight} → vertices [V,3] cm."""
        weights = np.zeros(len(self.identity) + len(self.expression), np.float32)
        weights[: len(self.identity)] = identity
        for name, value in coefficients.items():
            weights[len(self.identity) + self.names[name]] += value
        used = np.flatnonzero(weights)
        offset = weights[used] @ self.shape_matrix[used]
        return self.neutral + offset.reshape(-1, 3)


if __name__ == "__main__":
    convert(sys.argv[1], sys.argv[2])
