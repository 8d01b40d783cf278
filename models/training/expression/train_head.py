"""Fits the expression head and writes models/expression-head.onnx and models/expression-head.json.

    python3 train_head.py WORK_FOLDER MUXSPACE_FOLDER OUT_FOLDER --renders a1,a2,a3,a4 --real mux,mux2

WORK_FOLDER holds what ../README.md makes: template.npz, head.npz (train.py), appearance.pt, the render folders, and real faces (extract.ts).
"""
import argparse
import json
import os
import sys

sys.path[:0] = [os.path.join(os.path.dirname(os.path.abspath(__file__)), up) for up in ("..", "../appearance")]

import numpy as np
import torch
from scipy.optimize import minimize_scalar

from displays import LABELS, sample
from export_head import export
from expressions import AUS
from faces_data import mirror_points
from network import HIDDEN
from train import flatten
from faces import COMPONENTS, Faces, corner_leads
from readings import load_network
from head import CONTEMPT, CONTEMPT_RIGHT, MIRRORED, Softmax, inputs_of, probabilities

VERSION = "0.2.0"
SEED = 1
PENALTY = 0.003
# Displays laid on real faces at rest, for each class.
SYNTHETIC = 500
# How much of a class comes from labelled photos, where there are enough of them; the rest is rendered.
REAL_SHARE = {"anger": .5, "happiness": .6, "neutral": .8, "sadness": .4, "surprise": .6}
SYNTHETIC_WEIGHT, RENDERED_WEIGHT = 1.0, 0.5
SMOOTHING = 0.1
NEUTRAL_AND_HAPPY_KEPT = 0.35
FOLDS = 4
# Rendered contempt is a slight display, and press photos labelled neutral are full of slight ones: without this, one in six
# held-out neutral photos reads as contempt, with it one in twelve.
CONTEMPT_OFFSET = -0.4


def one_hot(y):
    targets = np.full((len(y), len(MIRRORED)), SMOOTHING / len(MIRRORED))
    targets[np.arange(len(y)), y] += 1 - SMOOTHING
    return targets


def displacement(faces):
    """What intensities do to features, by ridge regression over all renders: [46,400], [46,46]."""
    x = np.concatenate([np.concatenate([faces.intensities[:, :, s], faces.intensities[:, :, 1 - s]], 1) for s in (0, 1)]) / 4
    x = x - x.mean(0)
    gram = x.T @ x + 20 * np.eye(x.shape[1])
    maps = []
    for k in (0, 1):
        y = np.concatenate([view[k] for view in faces.features("rendered")])
        maps.append(np.linalg.solve(gram, x.T @ (y - y.mean(0))))
    return maps


def synthetic(faces, real, kept, maps, rng):
    """Displays laid on the real neutral faces among `kept`."""
    base = [np.concatenate([view[k][kept & faces.at_rest["real"]] for view in real]) for k in (0, 1)]
    parts, classes = [[], []], []
    for number, label in enumerate(LABELS):
        intensities, side = sample(label, SYNTHETIC, rng)
        moved = rng.uniform(.7, 1.2, (SYNTHETIC, 1)) * np.concatenate([intensities[:, :, 0], intensities[:, :, 1]], 1) / 4
        chosen = rng.integers(len(base[0]), size=SYNTHETIC)
        for k in (0, 1):
            parts[k].append(base[k][chosen] + moved @ maps[k])
        classes.append(np.where(side == 1, CONTEMPT_RIGHT, number))
    return np.concatenate(parts[0]), np.concatenate(parts[1]), np.concatenate(classes)


def balanced(y, base):
    """`base` weights scaled so that every class has weight 1 (a side of contempt: a half)."""
    weight = np.zeros(len(y))
    for k in range(len(MIRRORED)):
        mine = y == k
        if mine.any():
            weight[mine] = base[mine] / base[mine].sum() * (.5 if k in (CONTEMPT, CONTEMPT_RIGHT) else 1)
    return weight


def fit(faces, real, rendered, maps, kept_real, kept_rendered):
    """Trains on the kept rows."""
    rng = np.random.default_rng(SEED)
    components, units, synthetic_class = synthetic(faces, real, kept_real, maps, rng)
    real_rows = np.flatnonzero(kept_real & np.isin(faces.label, list(REAL_SHARE)))
    # One person photographed thirty times is not thirty people.
    person = [faces.label[i] + faces.person[i] for i in real_rows]
    times = {p: person.count(p) for p in set(person)}
    real_base = np.array([times[p] ** -.5 for p in person])
    real_class = faces.classes("real")[real_rows]
    rendered_rows = np.flatnonzero(kept_rendered & (faces.classes("rendered") >= 0))
    rendered_class = faces.classes("rendered")[rendered_rows]
    leads = corner_leads(faces.intensities[rendered_rows])
    rendered_class = np.where((rendered_class == CONTEMPT) & (leads == 1), CONTEMPT_RIGHT, rendered_class)
    x, y, w = [inputs_of(components, units)], [synthetic_class], [balanced(synthetic_class, np.ones(len(synthetic_class))) * SYNTHETIC_WEIGHT]
    share = np.array([REAL_SHARE.get(label, 0) for label in LABELS] + [0])
    for views, rows, classes, base, total in ((rendered, rendered_rows, rendered_class, None, RENDERED_WEIGHT), (real, real_rows, real_class, real_base, 0)):
        both = np.concatenate([classes, MIRRORED[classes]])
        weight = balanced(both, np.ones(len(both)) if base is None else np.tile(base, 2))
        x += [inputs_of(*(part[rows] for part in view)) for view in views]
        y.append(both)
        w.append(weight * (total if base is None else (SYNTHETIC_WEIGHT + RENDERED_WEIGHT) * share[both]))
    w[0] *= 1 - share[y[0]]
    w[1] *= 1 - share[y[1]]
    x, y, w = np.concatenate(x), np.concatenate(y), np.concatenate(w)
    head = Softmax(x[w > 0], one_hot(y[w > 0]), w[w > 0], sum(COMPONENTS), PENALTY)
    head.offset[[CONTEMPT, CONTEMPT_RIGHT]] += CONTEMPT_OFFSET
    return head


def take(views, rows):
    return [tuple(part[rows] for part in view) for view in views]


def held_out(faces, real, rendered, maps, used):
    """Logits of every used real face and every rendered basic display by a head that has seen nobody of that person."""
    rng = np.random.default_rng(SEED)
    logits = {"real": np.zeros((len(faces.label), len(MIRRORED))), "rendered": np.zeros((len(faces.display), len(MIRRORED)))}
    groups = [rng.integers(FOLDS, size=len(names))[inverse] for names, inverse in
              (np.unique(p, return_inverse=True) for p in (faces.person, faces.rendered_person))]
    for fold in range(FOLDS):
        head = fit(faces, real, rendered, maps, used & (groups[0] != fold), groups[1] != fold)
        for name, views, group in (("real", real, groups[0]), ("rendered", rendered, groups[1])):
            rows = np.flatnonzero(group == fold)
            logits[name][rows] = head.logits(take(views, rows))
    return logits


def check(faces, head, temperature):
    """The mean face with features and scores that a test can make again, and the answer, to hold the graph against."""
    points = np.round(faces.mean[None], 3)
    appearance = np.round(0.5 + 0.5 * np.sin(0.7 * np.arange(HIDDEN)), 4)
    scores = np.round(1.5 * np.sin(1.3 * np.arange(2 * len(AUS))), 4)
    count = len(AUS)
    turned = mirror_points(points, faces.mirror)
    components, units = faces.zero["real"]
    views = [(faces.project((flatten(p), appearance[None]), "real") - components, u[None] - units)
             for p, u in ((points, scores), (turned, np.concatenate([scores[count:], scores[:count]])))]
    answer = probabilities(head.logits(views), temperature)[0]
    return {"points": [round(float(v), 3) for v in points.ravel()], "features": appearance.tolist(), "scores": scores.tolist(),
            "answer": [round(float(v), 5) for v in answer]}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("work")
    parser.add_argument("muxspace")
    parser.add_argument("out")
    parser.add_argument("--renders", default="a1,a2,a3,a4")
    parser.add_argument("--real", default="mux,mux2", help="names of extract.ts outputs in the work folder, or their prefixes")
    options = parser.parse_args()
    torch.set_num_threads(1)
    network, _ = load_network(os.path.join(options.work, "appearance.pt"))
    faces = Faces(options.work, options.muxspace, network, options.renders.split(","), [os.path.join(options.work, n) for n in options.real.split(",")])
    real, rendered = faces.features("real"), faces.features("rendered")
    maps = displacement(faces)
    rng = np.random.default_rng(0)
    used = np.isin(faces.label, list(REAL_SHARE)) & (~np.isin(faces.label, ["neutral", "happiness"]) | (rng.random(len(faces.label)) < NEUTRAL_AND_HAPPY_KEPT))

    logits = held_out(faces, real, rendered, maps, used)
    truth, kind = [], []
    real_class, rendered_class = faces.classes("real"), faces.classes("rendered")
    for k, label in enumerate(LABELS):
        rows = used & (real_class == k) if label in REAL_SHARE else rendered_class == k
        kind.append(logits["real" if label in REAL_SHARE else "rendered"][rows])
        truth.append(np.full(rows.sum(), k))
    weight = np.concatenate([np.full(len(t), 1 / len(t)) for t in truth])
    held, truth = np.concatenate(kind), np.concatenate(truth)

    def loss(temperature):
        return -(weight * np.log(probabilities(held, temperature)[np.arange(len(truth)), truth] + 1e-9)).sum()

    temperature = float(minimize_scalar(loss, bounds=(.2, 3), method="bounded").x)
    answers = probabilities(held, temperature).argmax(1)
    print("temperature %.3f" % temperature)
    for k, label in enumerate(LABELS):
        mine = rendered_class == k
        print("%-10s held-out recall: %.2f (%s), rendered %.2f" % (label, (answers[truth == k] == k).mean(), "photos" if label in REAL_SHARE else "rendered",
              (probabilities(logits["rendered"][mine]).argmax(1) == k).mean()))
    print("mean recall %.3f" % np.mean([(answers[truth == k] == k).mean() for k in range(len(LABELS))]))

    head = fit(faces, real, rendered, maps, used, np.ones(len(faces.display), bool))
    export(os.path.join(options.out, "expression-head.onnx"), faces, head, temperature, VERSION)
    with open(os.path.join(options.out, "expression-head.json"), "w") as f:
        json.dump({"version": VERSION, "labels": LABELS, "temperature": round(temperature, 4)}, f)
        f.write("\n")
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "check.json"), "w") as f:
        json.dump(check(faces, head, temperature), f)
        f.write("\n")


if __name__ == "__main__":
    main()
