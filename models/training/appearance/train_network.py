"""Trains the appearance network on rendered faces (action units known) and real ones (blendshapes, one student's labels, and what
the linear head of train.py reads).

    python3 appearance/train_network.py WORK_FOLDER MUXSPACE_FOLDER --renders a1,a2,a3,a4 --real mux,mux2

writes WORK_FOLDER/appearance.pt. Needs readings.npy (train.py): what is read in the real faces so far.
"""
import argparse
import os
import sys
import time

sys.path[:0] = [os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."), os.path.dirname(os.path.abspath(__file__))]

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

from cover import REGIONS, Bank
from expressions import AUS
from faces_data import load_template
from material import LABELS, Photos, Renders, change
from network import REAL, RENDERED, Network

BATCH = 64
COVERED = 0.35
# An intensity of 4 and more is all that the network can say.
FULL = 4.0
# Regions in which each unit shows: a unit behind something is not learnt.
SHOWN_IN = {"brows": ["AU1", "AU2", "AU4"], "eyes": ["AU5", "AU7", "AU45"], "nose": ["AU9"], "cheeks": ["AU6"],
            "mouth": ["AU10", "AU12", "AU14", "AU15", "AU16", "AU18", "AU20", "AU22", "AU23", "AU24", "AU25", "AU26", "AU27", "AU28"], "chin": ["AU17"]}
REGION_OF = torch.tensor([next(r for r, name in enumerate(REGIONS) if unit in SHOWN_IN[name]) for unit in AUS])


class Model(nn.Module):
    def __init__(self, blendshapes):
        super().__init__()
        self.network = Network(len(AUS), len(REGIONS), blendshapes, len(LABELS))
        # What real faces are read as by the linear head: a read-out of its own, so that both can be compared.
        self.read = nn.Linear(self.network.units.in_features, 2 * len(AUS))

    def forward(self, crop, domain):
        x = self.network.drop(self.network.trunk(crop, domain))
        n = self.network
        return n.units(x).view(-1, len(AUS), 2), self.read(x).view(-1, len(AUS), 2), n.hidden(x), n.blendshapes(x), n.labels(x)


def unit_loss(logits, intensities, hidden):
    loss = F.binary_cross_entropy_with_logits(logits, (intensities / FULL).clamp(0, 1), reduction="none")
    seen = (1 - 2 * hidden[:, REGION_OF]).clamp(min=0)[:, :, None]
    return (loss * seen).mean()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("work")
    parser.add_argument("muxspace")
    parser.add_argument("--renders", default="a1,a2,a3,a4")
    parser.add_argument("--real", default="mux,mux2")
    parser.add_argument("--epochs", type=int, default=14)
    parser.add_argument("--hold", type=int, default=0, help="1: leave out every fifth person")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--start", help="weights to go on from")
    parser.add_argument("--rate", type=float, default=3e-3)
    parser.add_argument("--out", default="appearance.pt")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(7)
    generator = torch.Generator().manual_seed(7)
    mean, _ = load_template(options.work)
    bank = Bank(mean, 4000, 5)
    renders = Renders(options.work, options.renders.split(","))
    photos = Photos(options.work, options.muxspace, options.real.split(","))
    readings = torch.from_numpy(np.load(os.path.join(options.work, "readings.npy")))
    rows = torch.arange(len(renders.crops))
    if options.hold:
        rows = rows[torch.from_numpy(renders.person % 5 != 0)]
    model = Model(len(photos.names))
    if options.start:
        model.load_state_dict(torch.load(os.path.join(options.work, options.start))["model"])
    steps = options.epochs * (len(rows) // BATCH)
    optimiser = torch.optim.AdamW(model.parameters(), lr=options.rate, weight_decay=0.02)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, options.rate, total_steps=steps, pct_start=0.15)
    weight = photos.label_weight()
    partner = torch.tensor(photos.partner)
    sums, start, step = torch.zeros(7), time.time(), 0

    def draw(crops, pick):
        faces = crops[pick].float()[:, None]
        turned = torch.rand(len(pick), generator=generator) < 0.5
        faces[turned] = faces[turned].flip(3)
        faces = change(faces, generator)
        return (*bank.lay(faces, COVERED, generator), turned)

    def sides(values, turned):
        values = values.clone()
        values[turned] = values[turned].flip(2)
        return values

    model.train()
    while step < steps:
        order = rows[torch.randperm(len(rows), generator=generator)]
        others = torch.randperm(len(photos.crops), generator=generator).repeat(3)
        for k in range(len(order) // BATCH):
            if step == steps:
                break
            pick = order[k * BATCH:(k + 1) * BATCH]
            faces, hidden, turned = draw(renders.crops, pick)
            units, _, hide, _, label = model(faces, RENDERED)
            wanted = renders.label[pick]
            losses = [unit_loss(units, sides(renders.intensities[pick], turned), hidden), F.binary_cross_entropy_with_logits(hide, hidden),
                      0.05 * F.cross_entropy(label, wanted, ignore_index=-1, label_smoothing=0.1)]
            pick = others[k * BATCH:(k + 1) * BATCH]
            faces, hidden, turned = draw(photos.crops, pick)
            _, read, hide, blend, label = model(faces, REAL)
            target = photos.blendshapes[pick].clone()
            target[turned] = target[turned][:, partner]
            plain = (hidden.max(1)[0] < 0.3).float()
            losses += [unit_loss(read, sides(readings[pick], turned), hidden), F.binary_cross_entropy_with_logits(hide, hidden),
                       0.08 * (((blend - target) ** 2).mean(1) * plain).mean(),
                       0.05 * F.cross_entropy(label, photos.label[pick], weight=weight, ignore_index=-1, label_smoothing=0.2)]
            optimiser.zero_grad()
            sum(losses).backward()
            optimiser.step()
            schedule.step()
            step += 1
            sums += torch.tensor([float(v) for v in losses])
            if step % 50 == 0:
                print(step, steps, "%.0f s" % (time.time() - start), [round(v, 4) for v in (sums / 50).tolist()], flush=True)
                sums.zero_()
    torch.save({"model": model.state_dict(), "blendshapes": photos.names}, os.path.join(options.work, options.out))


if __name__ == "__main__":
    main()
