"""The unlabelled real faces of ../shared/train/muxspace: inputs by our own mesh, and Google's blendshapes as a guide to what is neutral."""
import csv
import json
import os

import numpy as np

from faces_data import read_faces


def read_muxspace(prefix, folder, crops=False):
    faces = read_faces(prefix, crops)
    blendshapes = np.fromfile(os.path.join(folder, "blendshapes.f16.bin"), np.float16).reshape(-1, 52).astype(np.float32)
    with open(os.path.join(folder, "blendshape_names.json")) as f:
        names = json.load(f)
    with open(os.path.join(folder, "index.csv")) as f:
        rows = list(csv.DictReader(f))
    by_name = {r["image"]: int(r["row"]) for r in rows}
    row = np.array([by_name[os.path.basename(n)] for n in faces["name"]])
    faces["blendshapes"] = {n: np.nan_to_num(blendshapes[row, i]) for i, n in enumerate(names)}
    faces["expression"] = np.array([rows[r]["expression"] for r in row])
    faces["person"] = np.array([rows[r]["identity"] for r in row])
    b = faces["blendshapes"]

    def mean(name):
        return (b[name + "Left"] + b[name + "Right"]) / 2

    faces["neutral"] = ((faces["expression"] == "neutral") & (mean("mouthSmile") < 0.15) & (b["jawOpen"] < 0.1)
                        & (b["browInnerUp"] < 0.2) & (mean("browOuterUp") < 0.25) & (b["mouthPucker"] < 0.3))
    faces["smiling"] = (faces["expression"] == "happiness") & (mean("mouthSmile") > 0.5)
    return faces
