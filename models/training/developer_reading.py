"""What a developer (no certified coder) sees in the pictures of ../shared/media/faces: for choosing between heads, never for training.

Lines of developer-reading.txt: picture, the AUs seen; `?` = not sure (left out of the scores for that AU), R/L = one side only.
"""
import os

import numpy as np

from expressions import AUS
from faces_data import auc


def read(path=os.path.join(os.path.dirname(os.path.abspath(__file__)), "developer-reading.txt")):
    """→ {picture: [23], 1 seen, 0 not, NaN not sure}."""
    table = {}
    with open(path) as f:
        for line in f:
            name, *codes = line.split()
            label = np.zeros(len(AUS))
            for code in codes:
                au = "AU" + code.rstrip("?LR")
                if au in AUS:
                    label[AUS.index(au)] = np.nan if code.endswith("?") else 1
            table[name] = label
    return table


def scores(table, name_list, values):
    """AUC per AU of values [N,23] for the named faces."""
    rows = [(i, table[n.split("faces/")[-1]]) for i, n in enumerate(name_list) if n.split("faces/")[-1] in table]
    index = [i for i, _ in rows]
    labels = np.array([l for _, l in rows])
    result = {}
    for k, name in enumerate(AUS):
        known = ~np.isnan(labels[:, k])
        if labels[known, k].sum() >= 3:
            result[name] = (auc(values[index][known, k], labels[known, k] > 0), int(labels[known, k].sum()))
    return result
