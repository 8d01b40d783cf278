"""Measures the head: on rendered people it has not seen, against blendshapes on real faces, on what a developer reads in photos.

    python3 evaluate.py WORK_FOLDER MUXSPACE_FOLDER --renders a1,a2,a3,a4 --network appearance.pt --curves rendered-curves.json

For the rendered people a second linear part is fitted without every fifth person, whom the network has not seen either
(`train_network.py --hold 1`). WORK_FOLDER/media.* come from extract.ts over ../shared/media/faces.
"""
import argparse
import json
import os
import sys

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "appearance"))

import numpy as np
import torch
from scipy.stats import spearmanr

import developer_reading
from export import intensities
from expressions import AUS, SIDED
from faces_data import CONTEXTS, auc, load_template, read_faces, read_renders
from folds import features
from network import REAL, RENDERED
from readings import load_network, network_readings
from train import Data, Real, cells_in_face, fit_head, load_renders

JUDGED = ["AU1", "AU2", "AU4", "AU5", "AU6", "AU7", "AU9", "AU12", "AU15", "AU17", "AU20", "AU23", "AU24", "AU25", "AU27"]
TEACHERS = {"AU1": "browInnerUp", "AU2": "browOuterUp", "AU4": "browDown", "AU5": "eyeWide", "AU10": "mouthUpperUp", "AU12": "mouthSmile",
            "AU15": "mouthFrown", "AU17": "mouthShrugLower", "AU18": "mouthPucker", "AU20": "mouthStretch", "AU22": "mouthFunnel",
            "AU26": "jawOpen", "AU45": "eyeBlink"}


def part(data, rows):
    """The rows of a Data, as another."""
    other = object.__new__(Data)
    other.left, other.right = (tuple(x[rows] for x in side) for side in (data.left, data.right))
    return other


def context_free(values, labels):
    result = {}
    for au, how, others in CONTEXTS:
        k = AUS.index(au)
        shown = np.max([np.nan_to_num(labels[:, AUS.index(o)]) for o in others], 0) > 0.5
        rows = (shown if how == "with" else ~shown) & ~np.isnan(labels[:, k])
        result[f"{au} {how} {'/'.join(others)}"] = auc(values[rows, k], labels[rows, k] > 0.5)
    return result


CURVE = np.linspace(0, 1, 41)


def curve(values, present):
    """True-positive shares of the ROC curve at the false-positive shares CURVE."""
    order = np.argsort(-values, kind="stable")
    hits, alarms = np.cumsum(present[order]), np.cumsum(~present[order])
    return np.round(np.interp(CURVE, np.r_[0, alarms / alarms[-1]], np.r_[0, hits / hits[-1]]), 3).tolist()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("work")
    parser.add_argument("muxspace")
    parser.add_argument("--renders", default="a1,a2,a3,a4")
    parser.add_argument("--real", default="mux,mux2")
    parser.add_argument("--network", default="appearance.pt")
    parser.add_argument("--curves", help="where the ROC curves over the rendered people go, for `npm run eval:faces`")
    options = parser.parse_args()
    torch.set_num_threads(1)
    mean, mirror = load_template(options.work)
    mask = cells_in_face(mean)
    folders = options.renders.split(",")
    data, labels, display, person = load_renders(options.work, folders, mirror, mask)
    real = Real(options.work, options.muxspace, options.real.split(","), mirror, mask)
    network = load_network(os.path.join(options.work, options.network))
    held = person % 5 == 0
    head, _, added, _, _ = fit_head(part(data, ~held), labels[~held], display[~held], real, network)
    whole, lead = head.score(part(data, held))
    crops = read_renders([os.path.join(options.work, f) for f in folders], crops=True)
    crops = crops["crops"][crops["pass"] == 0][held]
    whole = whole + added(network_readings(network[0], crops, RENDERED))
    left, right = whole + lead, whole - lead
    spread = whole.std(0)
    truth = labels[held]
    both = truth.mean(2)
    prototype = display[held] != "random"
    if options.curves:
        rows = {name: {"present": int((both[prototype, k] > 0.5).sum()), "faces": int(prototype.sum()),
                       "auc": round(float(auc(whole[prototype, k], both[prototype, k] > 0.5)), 3),
                       "hits": curve(whole[prototype, k], both[prototype, k] > 0.5)} for k, name in enumerate(AUS)}
        with open(options.curves, "w") as f:
            f.write("{" + ",\n ".join(f"{json.dumps(name)}: {json.dumps(row)}" for name, row in rows.items()) + "}\n")

    shipped = np.load(os.path.join(options.work, "head.npz"))

    def values(prefix):
        faces = read_faces(prefix, crops=True)
        first = faces["pass"] == 0
        folds = features(faces["crops"][first])
        points = faces["points"][first]
        score = points.reshape(len(points), -1) @ shipped["points"] + folds.reshape(len(folds), -1) @ shipped["folds"] + np.tile(shipped["offset"], 2)
        score = score + np.tile(network_readings(network[0], faces["crops"][first], REAL)[:, 0] @ shipped["network"], 2)
        both, _, _ = intensities(score[:, :len(AUS)], score[:, len(AUS):], shipped["noise"], shipped["knots"])
        return [n for n, f in zip(faces["name"], first) if f], both

    names, photo = values(os.path.join(options.work, "media"))
    table = developer_reading.read()
    seen = developer_reading.scores(table, names, photo)
    mux = np.load(os.path.join(options.work, "readings.npy")).max(2)

    print("| AU | rendered displays, AUC | rendered random mixes, AUC | rank correlation with intensity | side told, AUC | photos, developer's reading: AUC (present) | F1 | blendshape, rank correlation |")
    print("|---|---|---|---|---|---|---|---|")
    keyed = [n.split("faces/")[-1] for n in names]
    known = np.array([table.get(n, np.full(len(AUS), np.nan)) for n in keyed])
    f1s = []
    for k, name in enumerate(AUS):
        present = both[:, k] > 0.5
        shown = truth[:, k].max(1) > 0.5
        cells = [auc(whole[prototype, k], present[prototype]), auc(whole[~prototype, k], present[~prototype]),
                 spearmanr(whole[shown, k], both[shown, k])[0]]
        if name in SIDED:
            lopsided = np.abs(truth[:, k, 0] - truth[:, k, 1]) > 1
            cells.append(auc((left - right)[lopsided, k], truth[lopsided, k, 0] > truth[lopsided, k, 1]))
        else:
            cells.append(np.nan)
        sure = ~np.isnan(known[:, k])
        y, p = known[sure, k] > 0, photo[sure, k] >= shipped["threshold"][k]
        f1 = 2 * (y & p).sum() / max(1, y.sum() + p.sum()) if y.sum() >= 3 else np.nan
        f1s.append(f1)
        teacher = TEACHERS.get(name)
        b = np.nan
        if teacher:
            b = real.blendshapes
            signal = b[teacher] if teacher in b else (b[teacher + "Left"] + b[teacher + "Right"]) / 2
            b = spearmanr(mux[:, k], signal)[0]
        text = ["–" if np.isnan(c) else f"{c:.2f}" for c in cells]
        print(f"| {name} | {' | '.join(text)} | {f'{seen[name][0]:.2f} ({seen[name][1]})' if name in seen else '–'} | {'–' if np.isnan(f1) else f'{f1:.2f}'} | {'–' if np.isnan(b) else f'{b:.2f}'} |")
    print()
    print("held-out rendered faces:", int(held.sum()), "of", len(np.unique(person[held])), "people; mean AUC of the fifteen judged:",
          "displays %.3f" % np.mean([auc(whole[prototype, AUS.index(a)], both[prototype, AUS.index(a)] > 0.5) for a in JUDGED]),
          "random mixes %.3f" % np.mean([auc(whole[~prototype, AUS.index(a)], both[~prototype, AUS.index(a)] > 0.5) for a in JUDGED]))
    print("photos: mean AUC %.3f, of the judged %.3f; mean F1 %.2f" % (np.mean([a for a, _ in seen.values()]),
          np.mean([seen[a][0] for a in JUDGED if a in seen]), np.nanmean(f1s)))
    rng = np.random.default_rng(1)
    sure = np.flatnonzero(~np.isnan(known).all(1))
    means = []
    for _ in range(500):
        drawn = rng.choice(sure, len(sure))
        values_of = [auc(photo[d, k], known[d, k] > 0) for k, name in enumerate(AUS) if name in JUDGED and name in seen
                     for d in [drawn[~np.isnan(known[drawn, k])]]]
        means.append(np.nanmean(values_of))
    print("95 %% interval of the judged over photos: %.3f–%.3f" % tuple(np.quantile(means, [0.025, 0.975])))
    for title, v, y in (("rendered displays", whole[prototype], both[prototype]), ("rendered random mixes", whole[~prototype], both[~prototype]),
                        ("photos", photo[~np.isnan(known).all(1)], known[~np.isnan(known).all(1)])):
        print(title, "; ".join(f"{c} {a:.2f}" for c, a in context_free(v, y).items() if not np.isnan(a)))
    print("spread", np.round(spread, 2))


if __name__ == "__main__":
    main()
