"""Hats, fringes and glasses drawn over a render: edges that lie where folds would, so that they are not taken for folds."""
import numpy as np
from PIL import Image, ImageDraw, ImageFilter


def project(points, turn, centre, pixels_per_cm, distance, scale):
    """Points of the head [n,3] cm → pixels of the final picture."""
    turned = (np.asarray(points, np.float32) - np.array([0, 0.5, 2], np.float32)) @ turn.T
    s = pixels_per_cm * distance / (distance - turned[:, 2])
    return np.stack([centre[0] + turned[:, 0] * s, centre[1] - turned[:, 1] * s], 1) * scale


def colour(rng):
    return tuple(int(c) for c in (rng.integers(0, 256, 3) if rng.random() < 0.4 else np.repeat(rng.choice([15, 40, 90, 200, 240]), 3)))


def draw(image, place, rng):
    """image uint8 [H,W,3]; place(points) → pixels."""
    over = 4
    size = image.shape[1] * over
    kind = rng.random()
    if kind > 0.45:
        return image
    layer = Image.new("RGBA", (size, size), (0, 0, 0, 0))
    pen = ImageDraw.Draw(layer)

    def curve(points):
        return [tuple(p) for p in place(points) * over]

    if kind < 0.22:
        # Glasses: two rims and a bridge, now and then tinted.
        wide, high, drop = rng.uniform(1.9, 2.5), rng.uniform(1.1, 1.9), rng.uniform(-0.4, 0.3)
        power = rng.choice([2.0, 3.5])
        t = np.linspace(0, 2 * np.pi, 40)
        ink = colour(rng)
        width = max(1, int(rng.uniform(0.06, 0.35) * over * image.shape[1] / 24))
        for sign in (1, -1):
            c, s = np.cos(t), np.sin(t)
            x = sign * (3.3 + wide * np.sign(c) * np.abs(c) ** (2 / power))
            y = 3.2 + drop + high * np.sign(s) * np.abs(s) ** (2 / power)
            rim = curve(np.stack([x, y, 11.0 - 0.12 * (np.abs(x) - 1) ** 2], 1))
            if rng.random() < 0.35:
                pen.polygon(rim, fill=(*colour(rng), int(rng.uniform(10, 60))))
            pen.line([*rim, rim[0]], fill=(*ink, 255), width=width)
            pen.line(curve([[sign * (3.3 + wide), 3.4 + drop, 9.5], [sign * 7.8, 3.8 + drop, 4]]), fill=(*ink, 255), width=width)
        pen.line(curve([[-1.2, 3.5 + drop, 11.2], [0, 3.7 + drop, 11.6], [1.2, 3.5 + drop, 11.2]]), fill=(*ink, 255), width=width)
    elif kind < 0.34:
        # A cap, band or veil: everything above a line across the forehead.
        level, bow = rng.uniform(7.0, 9.5), rng.uniform(-1.0, 0.8)
        x = np.linspace(-10, 10, 30)
        edge = np.stack([x, level - bow * (x / 7) ** 2, 10.8 - 0.10 * x ** 2], 1)
        top = np.stack([x[::-1], np.full(30, level + rng.choice([2.0, 9.0])), 10.8 - 0.10 * x[::-1] ** 2], 1)
        pen.polygon(curve(edge) + curve(top), fill=(*colour(rng), 255))
        shade = np.stack([x, edge[:, 1] - rng.uniform(0.2, 1.2), edge[:, 2]], 1)
        pen.polygon(curve(edge) + curve(shade[::-1]), fill=(0, 0, 0, int(rng.uniform(0, 90))))
    else:
        # A fringe or loose strands.
        ink = np.array(rng.choice([[12, 10, 9], [40, 28, 20], [95, 70, 45], [170, 140, 90]]))
        part = rng.uniform(-5, 5)
        low = rng.uniform(5.2, 9.0)
        for _ in range(rng.integers(20, 220)):
            x0 = rng.normal(part, 2.5)
            x1 = x0 + (x0 - part) * rng.uniform(0.2, 1.2)
            y1 = low + rng.normal(0, 0.8) - 0.05 * (x1 - part) ** 2
            strand = curve([[x0, 12, 8], [(x0 + x1) / 2, 9.5, 10], [x1, y1, 10.8 - 0.08 * x1 ** 2]])
            pen.line(strand, fill=(*[int(c) for c in np.clip(ink * rng.uniform(0.6, 1.5), 0, 255)], 255), width=int(rng.uniform(1, 5)))
    layer = layer.resize((image.shape[1], image.shape[0]), Image.LANCZOS).filter(ImageFilter.GaussianBlur(float(rng.uniform(0, 0.7))))
    picture = Image.fromarray(image).convert("RGBA")
    picture.alpha_composite(layer)
    return np.asarray(picture.convert("RGB"))
