"""Things in front of a face, for the aligned grey face: hands, masks, sunglasses, microphones, hair, caps, scarves, and pieces of other pictures.

`Bank` draws them once; `Bank.lay` puts some on a batch and says how much of each region they hide.
"""
import numpy as np
import torch
from PIL import Image, ImageDraw, ImageFilter
from scipy.ndimage import binary_dilation, gaussian_filter
from scipy.spatial import ConvexHull

from folds import SIDE
from grid import BOTTOM, LEFT, RIGHT, TOP

REGIONS = ["brows", "eyes", "nose", "cheeks", "mouth", "chin"]
# The points by which the product judges a region (src/perceive/face/landmark-indices.ts); paired regions as right and left.
POINTS = {
    "brows": [[70, 63, 105, 66, 107], [300, 293, 334, 296, 336]], "eyes": [[33, 133, 159, 145], [263, 362, 386, 374]],
    "nose": [[1, 2, 4, 6, 98, 327, 195]], "cheeks": [[50, 101, 118, 205], [280, 330, 347, 425]],
    "mouth": [[0, 13, 14, 17, 61, 291, 37, 267, 84, 314]], "chin": [[152, 148, 377, 175, 199, 200]],
}
KINDS = ["hand", "hand", "hand", "mask", "sunglasses", "sunglasses", "object", "hair", "piece", "piece", "edge", "edge"]
# Tone: of the face itself, dark, any, or the texture of another picture.
OWN, DARK, ANY, OTHER = range(4)


def place(mean, point):
    x, y = mean[point, 0], mean[point, 1]
    return (x - LEFT) / (RIGHT - LEFT) * SIDE, (TOP - y) / (TOP - BOTTOM) * SIDE


def region_masks(mean):
    """[6,128,128] bool."""
    masks = []
    for name in REGIONS:
        picture = Image.new("1", (SIDE, SIDE))
        pen = ImageDraw.Draw(picture)
        for part in POINTS[name]:
            corners = np.array([place(mean, p) for p in part])
            hull = corners[ConvexHull(corners).vertices]
            pen.polygon([tuple(p) for p in hull], fill=1)
        masks.append(binary_dilation(np.array(picture), iterations=2))
    return np.stack(masks)


def hand(rng, pen, shade):
    angle = rng.choice([np.pi / 2, rng.uniform(0.1, np.pi - 0.1), rng.uniform(-0.4, 0.4), np.pi + rng.uniform(-0.4, 0.4)], p=[.3, .4, .15, .15])
    tip = np.array([rng.uniform(20, 108), rng.uniform(15, 120)])
    along, across = np.array([np.cos(angle), np.sin(angle)]), np.array([-np.sin(angle), np.cos(angle)])
    count, width = rng.integers(1, 6), rng.uniform(9, 17)
    for k in range(count):
        spread = across * (k - count / 2) * width * rng.uniform(0.9, 1.25)
        start = tip + spread + along * rng.uniform(0, 18)
        end = start + along * rng.uniform(30, 130) + across * rng.normal(0, 6)
        steps = np.linspace(0, 1, 60)[:, None]
        for q, (offset, light) in enumerate(((-0.33, -0.25), (0.33, -0.12), (0, 0.06))):
            radius = width * (0.5 if q == 2 else 0.34) * (1 if q else 1)
            for p in start + (end - start) * steps + across * offset * width:
                box = [p[0] - radius, p[1] - radius, p[0] + radius, p[1] + radius]
                pen.ellipse(box, fill=255)
                shade.ellipse(box, fill=int(128 + 100 * light))
    if rng.random() < 0.6:
        palm = tip + along * rng.uniform(45, 90)
        r = count * width * 0.6
        pen.ellipse([palm[0] - r, palm[1] - r, palm[0] + r, palm[1] + r], fill=255)


def mask(rng, pen, shade):
    top, low, wide = rng.uniform(56, 86), rng.uniform(112, 128), rng.uniform(40, 58)
    pen.polygon([(64 - wide, top + rng.uniform(2, 12)), (64 - 12, top - rng.uniform(0, 6)), (64 + 12, top - rng.uniform(0, 6)), (64 + wide, top + rng.uniform(2, 12)),
                 (64 + wide * rng.uniform(.6, .9), low), (64, low + 6), (64 - wide * rng.uniform(.6, .9), low)], fill=255)
    for y in np.linspace(top + 8, low - 6, rng.integers(0, 5)):
        shade.line([(64 - wide, y + rng.uniform(-3, 3)), (64, y + 3), (64 + wide, y + rng.uniform(-3, 3))], fill=int(rng.uniform(80, 110)), width=1)


def sunglasses(rng, pen, shade):
    wide, high, y = rng.uniform(15, 22), rng.uniform(9, 17), rng.uniform(38, 47)
    for x in (64 - 24, 64 + 24):
        pen.rounded_rectangle([x - wide, y - high, x + wide, y + high], radius=rng.uniform(5, 12), fill=255)
        if rng.random() < 0.5:
            shade.polygon([(x - 12, y - high), (x - 4, y - high), (x - 12, y + high), (x - 18, y + high)], fill=int(rng.uniform(140, 200)))
    pen.line([(45, y - 3), (83, y - 3)], fill=255, width=3)
    pen.line([(0, y - 5), (30, y - 5)], fill=255, width=3)
    pen.line([(98, y - 5), (128, y - 5)], fill=255, width=3)


def thing(rng, pen, shade):
    x, y = rng.uniform(15, 113), rng.uniform(60, 125)
    rx, ry = rng.uniform(8, 30), rng.uniform(8, 30)
    pen.ellipse([x - rx, y - ry, x + rx, y + ry], fill=255)
    if rng.random() < 0.6:
        pen.line([(x, y), (x + rng.normal(0, 30), 140)], fill=255, width=int(rng.uniform(5, 18)))
    shade.ellipse([x - rx * .6, y - ry * .8, x, y], fill=int(rng.uniform(130, 190)))


def hair(rng, pen, shade):
    x0, low = rng.uniform(0, 128), rng.uniform(30, 110)
    side = rng.random() < 0.5
    for _ in range(rng.integers(20, 90)):
        a = x0 + rng.normal(0, 14)
        b = (rng.choice([5, 120]) + rng.normal(0, 8)) if side else a + rng.normal(0, 12)
        points = [(a, -2), ((a + b) / 2 + rng.normal(0, 4), low * .5), (b, low + rng.normal(0, 8))]
        width = int(rng.uniform(1, 4))
        pen.line(points, fill=255, width=width)
        shade.line(points, fill=int(rng.uniform(90, 170)), width=1)


def piece(rng, pen, shade):
    count, x, y, r = rng.integers(4, 10), rng.uniform(5, 123), rng.uniform(5, 123), rng.uniform(12, 45)
    angles = np.sort(rng.uniform(0, 2 * np.pi, count))
    pen.polygon([(x + r * rng.uniform(.5, 1.3) * np.cos(a), y + r * rng.uniform(.5, 1.3) * np.sin(a)) for a in angles], fill=255)


def edge(rng, pen, shade):
    kind = rng.random()
    level = rng.uniform(24, 62) if kind < 0.35 else rng.uniform(68, 116) if kind < 0.7 else rng.uniform(20, 60)
    bend = [(x, level + rng.normal(0, 3) + rng.uniform(-8, 8) * ((x - 64) / 64) ** 2) for x in np.linspace(-2, 130, 9)]
    if kind < 0.35:
        pen.polygon([*bend, (130, -2), (-2, -2)], fill=255)
    elif kind < 0.7:
        pen.polygon([*bend, (130, 130), (-2, 130)], fill=255)
    else:
        turned = [(y, x) for x, y in bend] if rng.random() < .5 else [(128 - y, x) for x, y in bend]
        far = -2 if turned[0][0] < 64 else 130
        pen.polygon([*turned, (far, 130), (far, -2)], fill=255)


DRAW = {"hand": hand, "mask": mask, "sunglasses": sunglasses, "object": thing, "hair": hair, "piece": piece, "edge": edge}


class Bank:
    def __init__(self, mean, count, seed):
        rng = np.random.default_rng(seed)
        regions = region_masks(mean).reshape(len(REGIONS), -1).astype(np.float32)
        self.alpha = np.zeros((count, SIDE, SIDE), np.uint8)
        self.shade = np.zeros((count, SIDE, SIDE), np.int8)
        self.tone = np.zeros(count, np.int64)
        for k in range(count):
            kind = KINDS[rng.integers(len(KINDS))]
            cover, light = Image.new("L", (SIDE, SIDE)), Image.new("L", (SIDE, SIDE), 128)
            DRAW[kind](rng, ImageDraw.Draw(cover), ImageDraw.Draw(light))
            self.alpha[k] = np.asarray(cover.filter(ImageFilter.GaussianBlur(float(rng.uniform(0.4, 1.2)))))
            relief = np.asarray(light.filter(ImageFilter.GaussianBlur(1.2))).astype(np.float32) - 128 + 25 * rng.random() * gaussian_filter(rng.normal(size=(SIDE, SIDE)), rng.uniform(1, 8)) * 10
            self.shade[k] = np.clip(relief, -120, 120)
            self.tone[k] = {"hand": OWN, "sunglasses": DARK, "mask": ANY, "object": rng.choice([DARK, ANY]), "hair": rng.choice([DARK, ANY]),
                            "piece": rng.choice([OTHER, OTHER, ANY]), "edge": rng.choice([OTHER, ANY, DARK])}[kind]
        flat = self.alpha.reshape(count, -1).astype(np.float32) / 255
        # How much of each region is hidden, in tenths of the way from nothing to all.
        self.hidden = torch.from_numpy((flat @ regions.T / regions.sum(1)).astype(np.float32))
        self.alpha, self.shade, self.tone = torch.from_numpy(self.alpha), torch.from_numpy(self.shade), torch.from_numpy(self.tone)

    def lay(self, faces, share, generator):
        """faces float [N,1,128,128] 0–255 → the same with things before a `share` of them, and what is hidden [N,6]."""
        n = len(faces)
        hidden = torch.zeros(n, len(REGIONS))
        rows = torch.nonzero(torch.rand(n, generator=generator) < share)[:, 0]
        if len(rows) == 0:
            return faces, hidden
        m = len(rows)
        pick = torch.randint(len(self.alpha), (m,), generator=generator)
        turned = torch.rand(m, generator=generator) < 0.5
        alpha, shade = self.alpha[pick].float()[:, None] / 255, self.shade[pick].float()[:, None]
        alpha[turned], shade[turned] = alpha[turned].flip(3), shade[turned].flip(3)
        chosen = faces[rows]
        own = chosen[:, :, 50:100, 30:98].mean((1, 2, 3), keepdim=True) * (0.65 + 0.5 * torch.rand(m, 1, 1, 1, generator=generator))
        dark = 6 + 60 * torch.rand(m, 1, 1, 1, generator=generator) ** 2
        anything = 15 + 235 * torch.rand(m, 1, 1, 1, generator=generator)
        tone = self.tone[pick].view(-1, 1, 1, 1)
        base = torch.where(tone == OWN, own, torch.where(tone == DARK, dark, anything))
        strength = torch.where(tone == DARK, base / 128 + 0.1, base / 128).clamp(0.1, 1.2)
        texture = base + shade * strength
        others = faces[torch.randint(n, (m,), generator=generator)]
        shift = [int(v) for v in torch.randint(-50, 50, (2,), generator=generator)]
        others = torch.roll(others.transpose(2, 3) if shift[0] % 2 else others.flip(2), shift, (2, 3)) * (0.6 + 0.8 * torch.rand(m, 1, 1, 1, generator=generator))
        texture = torch.where(tone == OTHER, others, texture)
        # A thin shadow where the thing meets the skin.
        laid = faces.clone()
        laid[rows] = (chosen * (1 - alpha) + texture * alpha).clamp(0, 255)
        hidden[rows] = self.hidden[pick]
        return laid, hidden
