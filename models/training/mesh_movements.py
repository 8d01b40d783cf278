"""How the points of the face mesh move with each action unit: the page's mesh is turned back by it, unit by unit.

`python3 mesh_movements.py SHARED/train/muxspace CANONICAL.json OUT.json`

Ridge regression of pose-normalised landmarks (7,932 faces, models/training/README.md) on the 52 blendshapes that were
measured with them; identities average out. A unit's movement at intensity 5 is the coefficient times the 99th
percentile of its blendshape, because several of them never come near 1. Sides are mirrored and averaged. AU6 and AU9
have no live blendshape: they are laid by hand along the pulls of action-unit-regions.ts.
"""
import json
import sys

import numpy as np

LEFT_RIGHT = {
    "AU1": "browInnerUp",
    "AU2": "browOuterUp",
    "AU4": "browDown",
    "AU5": "eyeWide",
    "AU7": "eyeSquint",
    "AU10": "mouthUpperUp",
    "AU12": "mouthSmile",
    "AU14": "mouthDimple",
    "AU15": "mouthFrown",
    "AU16": "mouthLowerDown",
    "AU20": "mouthStretch",
    "AU45": "eyeBlink",
}
BOTH = {
    "AU17": ["mouthShrugLower"],
    "AU18": ["mouthPucker"],
    "AU22": ["mouthFunnel"],
    "AU24": ["mouthPressLeft", "mouthPressRight"],
    "AU26": ["jawOpen"],
    "AU28": ["mouthRollLower", "mouthRollUpper"],
}
UPPER = {"AU1", "AU2", "AU4", "AU5", "AU6", "AU7", "AU9", "AU45"}
# Of the person's right side: from, to, radius in centimetres, way at intensity 5.
BY_HAND = {
    "AU6": [(50, 117, 1.9, 0.75), (230, 145, 1.0, 0.25)],
    "AU9": [(198, 114, 1.2, 0.5), (98, 198, 0.9, 0.45)],
}
STABLE = {4: 0.5, 6: 1, 10: 0.5, 33: 1, 133: 1, 263: 1, 362: 1, 54: 0.3, 284: 0.3, 67: 0.3, 297: 0.3,
          127: 0.4, 356: 0.4, 143: 0.4, 372: 0.4, 121: 0.5, 350: 0.5}


def normalise(faces, canonical):
    """Weighted similarity of the stable points to the canonical face (Umeyama 1991)."""
    index = np.array(list(STABLE))
    weight = np.array(list(STABLE.values()))
    weight = weight / weight.sum()
    target = canonical[index]
    target_mean = weight @ target
    target_centred = target - target_mean
    out = np.empty_like(faces)
    for n, face in enumerate(faces):
        source = face[index]
        mean = weight @ source
        centred = source - mean
        u, singular, vt = np.linalg.svd((target_centred * weight[:, None]).T @ centred)
        sign = np.diag([1, 1, np.sign(np.linalg.det(u @ vt))])
        scale = np.trace(np.diag(singular) @ sign) / (weight @ (centred**2).sum(1))
        out[n] = (face - mean) @ (u @ sign @ vt).T * scale + target_mean
    return out


def main(folder, canonical_path, out_path):
    canonical = np.array(json.load(open(canonical_path))["points"], float).reshape(-1, 3) / 100
    points = len(canonical)
    names = json.load(open(f"{folder}/blendshape_names.json"))
    faces = np.fromfile(f"{folder}/landmarks.f16.bin", np.float16).reshape(-1, 478, 3)[:, :points].astype(float)
    shapes = np.fromfile(f"{folder}/blendshapes.f16.bin", np.float16).reshape(-1, len(names)).astype(float)
    good = np.isfinite(faces).all((1, 2)) & np.isfinite(shapes).all(1)
    faces, shapes = faces[good] * [1, -1, -1], shapes[good]
    faces = normalise(faces, canonical).reshape(len(faces), -1)
    live = shapes.std(0) > 0.004
    x = shapes[:, live]
    scale = x.std(0)
    z = (x - x.mean(0)) / scale
    y = faces - faces.mean(0)
    coefficient = np.linalg.solve(z.T @ z + 0.02 * len(z) * np.eye(z.shape[1]), z.T @ y) / scale[:, None]
    print("explained", 1 - ((y - (x - x.mean(0)) @ coefficient) ** 2).sum() / (y**2).sum(), "of", len(faces))
    rows = {name: k for k, name in enumerate(np.array(names)[live])}
    top = dict(zip(np.array(names)[live], np.quantile(x, 0.99, axis=0)))

    mirror = np.array([np.argmin(((canonical * [-1, 1, 1]) - p) ** 2 @ np.ones(3)) for p in canonical])
    flip = np.array([-1, 1, 1])

    def of(name):
        return coefficient[rows[name]].reshape(points, 3) * top[name]

    def mirrored(field):
        return field[mirror] * flip

    gate = 1 / (1 + np.exp(-canonical[:, :1] / 0.35))
    movements = {}
    for unit, name in LEFT_RIGHT.items():
        if name == "browInnerUp":
            whole = (of(name) + mirrored(of(name))) / 2
            left = whole * gate
        else:
            left = (of(name + "Left") + mirrored(of(name + "Right"))) / 2
        movements[f"{unit}.left"], movements[f"{unit}.right"] = left, mirrored(left)
    for unit, parts in BOTH.items():
        whole = sum(of(name) for name in parts)
        movements[f"{unit}.both"] = (whole + mirrored(whole)) / 2
    for unit, pulls in BY_HAND.items():
        right = np.zeros_like(canonical)
        for start, end, radius, way in pulls:
            direction = canonical[end] - canonical[start]
            near = np.exp(-0.5 * ((canonical - canonical[start]) ** 2).sum(1) / (radius / 1.6) ** 2)
            right += near[:, None] * direction / np.linalg.norm(direction) * way
        movements[f"{unit}.right"], movements[f"{unit}.left"] = right, mirrored(right)
    # Lips that part are the smaller half of a jaw that drops; a stretched mouth the larger.
    movements["AU25.both"] = movements["AU26.both"] * 0.45
    movements["AU27.both"] = movements["AU26.both"] * 1.25
    movements["AU23.both"] = movements["AU24.both"] * 0.8
    for name, field in sorted(movements.items()):
        print(name, "largest", np.abs(field).max().round(2), "cm at point", int(np.linalg.norm(field, axis=1).argmax()))
    # Far from its own half of the face, what a unit seems to move is the camera's doing.
    height = canonical[:, 1:2]
    above, below = 1 / (1 + np.exp(-(height - 0.4) / 0.35)), 1 / (1 + np.exp((height - 1.4) / 0.35))
    for name in movements:
        movements[name] = movements[name] * (above if name.split(".")[0] in UPPER else below)
    for side in ("left", "right"):
        # Widened eyes hardly ever show in press photographs, so their regression is weak: twice as far.
        movements[f"AU5.{side}"] = movements[f"AU5.{side}"] * 2
    for field in movements.values():
        field[np.linalg.norm(field, axis=1) < 0.02] = 0
    fields = {name: np.round(field * 100).astype(int).ravel().tolist() for name, field in sorted(movements.items())}
    json.dump(fields, open(out_path, "w"), separators=(",", ":"))


main(*sys.argv[1:])
