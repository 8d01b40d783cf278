"""The mean face, which landmark mirrors which, and the lattice of the aligned face.

    python3 grid.py MUX_PREFIX OUT_FOLDER

reads MUX_PREFIX.points.f32 (from extract.ts over ../shared/train/muxspace/images) and writes OUT/template.npz and OUT/grid.json.
"""
import json
import sys

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.spatial import Delaunay

NODES = 25
# Extent of the aligned face in centimetres of the canonical face.
LEFT, RIGHT, TOP, BOTTOM = -7.2, 7.2, 8.2, -8.6


def main(prefix, out):
    points = np.fromfile(prefix + ".points.f32", np.float32).reshape(-1, 478, 3)
    mean = np.median(points, axis=0)
    flipped = mean * np.array([-1, 1, 1])
    cost = ((mean[:, None, :] - flipped[None]) ** 2).sum(-1)
    cost[:468, 468:] = 1e3
    cost[468:, :468] = 1e3
    mirror = linear_sum_assignment(cost)[1]
    mirror[468:478] = [473, 476, 475, 474, 477, 468, 471, 470, 469, 472]
    assert (mirror[mirror] == np.arange(478)).all()
    mean = (mean + flipped[mirror]) / 2
    np.savez(out + "/template.npz", mean=mean.astype(np.float32), mirror=mirror)
    triangles = Delaunay(mean[:468, :2])
    xs = np.linspace(LEFT, RIGHT, NODES)
    ys = np.linspace(TOP, BOTTOM, NODES)
    landmarks, weights = [], []
    centres = mean[triangles.simplices, :2].mean(1)
    for y in ys:
        for x in xs:
            p = np.array([x, y])
            s = int(triangles.find_simplex(p))
            if s < 0:
                # Outside the outline: go on from a broad triangle, so that the extrapolation stays tame.
                corner = np.array([10, 152, 234 if x < 0 else 454])
            else:
                corner = triangles.simplices[s]
            a, b, c = mean[corner, :2]
            w = np.linalg.solve(np.stack([b - a, c - a], 1), p - a)
            landmarks += [int(k) for k in corner]
            weights += [round(float(1 - w.sum()), 4), round(float(w[0]), 4), round(float(w[1]), 4)]
    with open(out + "/grid.json", "w") as f:
        json.dump({"nodes": NODES, "landmarks": landmarks, "weights": weights}, f)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
