"""Measures the head: on rendered people it has not seen, against blendshapes on real faces, on what a developer reads in photos.

    python3 evaluate.py WORK_FOLDER MUXSPACE_FOLDER --renders a1,a2,a3,a4

For the rendered people a second head is fitted without every fifth person; the shipped head is fitted to all.
WORK_FOLDER/media.* come from extract.ts over ../shared/media/faces.
"""
import argparse
import os

import numpy as np
import torch
from scipy.stats import spearmanr

import developer_reading
from export import both_of
from expressions import AUS, SIDED
from faces_data import CONTEXTS, auc, load_template, read_faces
from folds import features
from train import Data, Head, cells_in_face, load_real, load_renders

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


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("work")
    parser.add_argument("muxspace")
    parser.add_argument("--renders", default="a1,a2,a3,a4")
    options = parser.parse_args()
    torch.set_num_threads(1)
    mean, mirror = load_template(options.work)
    mask = cells_in_face(mean)
    data, labels, display, person = load_renders(options.work, options.renders.split(","), mirror, mask)
    real, neutral, smiling, blendshapes = load_real(options.work, options.muxspace, mirror, mask)
    held = person % 5 == 0
    head = Head(part(data, ~held), labels[~held], display[~held], real, neutral, smiling)
    left, right = head.score(part(data, held))
    spread = ((left + right) / 2).std(0)
    whole = (left + right) / 2
    truth = labels[held]
    both = truth.mean(2)
    prototype = display[held] != "random"

    shipped = np.load(os.path.join(options.work, "head.npz"))

    def values(prefix, folds=None):
        faces = read_faces(prefix, crops=True)
        first = faces["pass"] == 0
        folds = features(faces["crops"][first]) if folds is None else folds
        points = faces["points"][first]
        score = points.reshape(len(points), -1) @ shipped["points"] + folds.reshape(len(folds), -1) @ shipped["folds"] + np.tile(shipped["offset"], 2)
        score = both_of(score[:, :len(AUS)], score[:, len(AUS):])
        return [n for n, f in zip(faces["name"], first) if f], 5 / (1 + np.exp(-shipped["gain"] * (score - shipped["midpoint"])))

    names, photo = values(os.path.join(options.work, "media"))
    table = developer_reading.read()
    seen = developer_reading.scores(table, names, photo)
    _, mux = values(os.path.join(options.work, "mux"), np.load(os.path.join(options.work, "mux.folds.npy")).astype(np.float32))

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
            signal = blendshapes[teacher] if teacher in blendshapes else (blendshapes[teacher + "Left"] + blendshapes[teacher + "Right"]) / 2
            b = spearmanr(mux[:, k], signal)[0]
        text = ["–" if np.isnan(c) else f"{c:.2f}" for c in cells]
        print(f"| {name} | {' | '.join(text)} | {f'{seen[name][0]:.2f} ({seen[name][1]})' if name in seen else '–'} | {'–' if np.isnan(f1) else f'{f1:.2f}'} | {'–' if np.isnan(b) else f'{b:.2f}'} |")
    print()
    print("held-out rendered faces:", int(held.sum()), "of", len(np.unique(person[held])), "people; mean AUC of the fifteen judged:",
          "displays %.3f" % np.mean([auc(whole[prototype, AUS.index(a)], both[prototype, AUS.index(a)] > 0.5) for a in JUDGED]),
          "random mixes %.3f" % np.mean([auc(whole[~prototype, AUS.index(a)], both[~prototype, AUS.index(a)] > 0.5) for a in JUDGED]))
    print("photos: mean AUC %.3f, of the judged %.3f; mean F1 %.2f" % (np.mean([a for a, _ in seen.values()]),
          np.mean([seen[a][0] for a in JUDGED if a in seen]), np.nanmean(f1s)))
    for title, v, y in (("rendered displays", whole[prototype], both[prototype]), ("rendered random mixes", whole[~prototype], both[~prototype]),
                        ("photos", photo[~np.isnan(known).all(1)], known[~np.isnan(known).all(1)])):
        print(title, "; ".join(f"{c} {a:.2f}" for c, a in context_free(v, y).items() if not np.isnan(a)))
    print("spread", np.round(spread, 2))


if __name__ == "__main__":
    main()
