"""What the trained appearance network reads in aligned faces."""
import numpy as np
import torch

from expressions import AUS
from network import HIDDEN
from train_network import Model


def load_network(path):
    saved = torch.load(path)
    model = Model(len(saved["blendshapes"]))
    model.load_state_dict(saved["model"])
    return model.eval(), saved["model"]


def network_readings(model, crops, domain, batch=256):
    """uint8 [N,128,128] → features [N,HIDDEN], those of the mirror image, and log odds of units by render and by reading, [N,23,2]."""
    out = []
    with torch.no_grad():
        for i in range(0, len(crops), batch):
            x = torch.from_numpy(np.ascontiguousarray(crops[i:i + batch])).float()[:, None]
            out.append(np.stack([model.network.trunk(v, domain).numpy() for v in (x, x.flip(3))], 1))
    return np.concatenate(out) if out else np.zeros((0, 2, HIDDEN), np.float32)


UNITS = len(AUS)
