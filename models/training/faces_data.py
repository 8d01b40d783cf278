"""Reads what render.py and extract.ts wrote, and mirrors it."""
import json
import os

import numpy as np

from expressions import AUS, SIDED

SIDE = 128
COUNT = len(AUS)


def load_template(folder):
    data = np.load(os.path.join(folder, "template.npz"))
    return data["mean"], data["mirror"]


def read_faces(prefix, crops=False):
    """→ dict of points [N,478,3], row [N], pass [N], name, crops [N,128,128] uint8 (or None)."""
    with open(prefix + ".found.json") as f:
        faces = json.load(f)["faces"]
    points = np.fromfile(prefix + ".points.f32", np.float32).reshape(-1, 478, 3)
    pictures = np.fromfile(prefix + ".crops.u8", np.uint8).reshape(-1, SIDE, SIDE) if crops else None
    return {"points": points, "row": np.array([f["row"] for f in faces]), "pass": np.array([f["pass"] for f in faces]),
            "name": [f["name"] for f in faces], "crops": pictures}


def read_renders(folders, crops=False):
    """→ points, labels [N,23,2], person [N], display name [N], crops."""
    parts = []
    for folder in folders:
        faces = read_faces(os.path.join(folder, "x"), crops)
        labels = np.load(os.path.join(folder, "labels.npz"))
        row = faces["row"]
        parts.append((faces["points"], labels["labels"][row], labels["person"][row], labels["name"][row], faces["pass"], faces["crops"]))
    joined = [np.concatenate([p[k] for p in parts]) if parts[0][k] is not None else None for k in range(6)]
    return dict(zip(("points", "labels", "person", "display", "pass", "crops"), joined))


def mirror_points(points, mirror):
    return points[:, mirror] * np.array([-1, 1, 1], np.float32)


def mirror_labels(labels):
    """[N,23,2] with the sides exchanged."""
    return labels[:, :, ::-1]


def auc(score, positive):
    """Area under the ROC curve, ties counted half."""
    positive = positive.astype(bool)
    p, n = int(positive.sum()), int((~positive).sum())
    if p == 0 or n == 0:
        return float("nan")
    order = np.argsort(score, kind="mergesort")
    ranks = np.empty(len(score))
    sorted_score = score[order]
    _, inverse, counts = np.unique(sorted_score, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    ranks[order] = (last - (counts - 1) / 2)[inverse]
    return float((ranks[positive].sum() - p * (p + 1) / 2) / (p * n))


CONTEXTS = [("AU6", "without", ["AU12"]), ("AU9", "with", ["AU4"]), ("AU7", "with", ["AU6"]), ("AU23", "with", ["AU17"]),
            ("AU4", "without", ["AU12", "AU27"])]
