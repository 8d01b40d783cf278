"""Procedural skin in the face's UV square: tone, lips, brows, beard, and the folds that action units make.

The UV anchors are those of the Multi-PIE points in ICT-FaceKit's README, (u, v) with v up; u > 0.5 is the person's left.
"""
import numpy as np
from numba import njit
from scipy.ndimage import gaussian_filter, zoom
from scipy.special import expit

SIZE = 640

BROW = np.array([[0.5403, 0.7990], [0.5853, 0.8060], [0.6467, 0.8120], [0.7023, 0.8110], [0.7572, 0.7920]])
EYE = {"inner": (0.599, 0.7144), "outer": (0.6851, 0.7187), "top": (0.646, 0.7225), "bottom": (0.65, 0.7119)}
MOUTH = np.array([[0.3885, 0.442], [0.4239, 0.4926], [0.4685, 0.5097], [0.5, 0.5103 - 0.004], [0.5315, 0.5097],
                  [0.5761, 0.4926], [0.6115, 0.442], [0.5942, 0.3848], [0.5561, 0.3633], [0.5, 0.359],
                  [0.4439, 0.3633], [0.4058, 0.3848]])


@njit(cache=True, fastmath=True)
def add_line(target, points, width, depth, ridge, taper):
    """Adds a groove along a polyline (uv): a trough of `depth` with shoulders of height ridge·depth."""
    n = target.shape[0]
    lo_u, hi_u = points[:, 0].min(), points[:, 0].max()
    lo_v, hi_v = points[:, 1].min(), points[:, 1].max()
    margin = width * 4
    x0, x1 = max(0, int((lo_u - margin) * n)), min(n - 1, int((hi_u + margin) * n) + 1)
    y0, y1 = max(0, int((1 - hi_v - margin) * n)), min(n - 1, int((1 - lo_v + margin) * n) + 1)
    segments = points.shape[0] - 1
    for y in range(y0, y1 + 1):
        v = 1 - (y + 0.5) / n
        for x in range(x0, x1 + 1):
            u = (x + 0.5) / n
            best, along = 1e9, 0.0
            for s in range(segments):
                ax, ay = points[s, 0], points[s, 1]
                dx, dy = points[s + 1, 0] - ax, points[s + 1, 1] - ay
                t = ((u - ax) * dx + (v - ay) * dy) / (dx * dx + dy * dy + 1e-12)
                t = min(1.0, max(0.0, t))
                ex, ey = u - ax - t * dx, v - ay - t * dy
                d = ex * ex + ey * ey
                if d < best:
                    best = d
                    along = (s + t) / segments
            q = best / (width * width)
            if q < 16:
                fade = 1.0
                if taper > 0:
                    fade = min(1.0, min(along, 1 - along) / taper + 0.15)
                target[y, x] += depth * fade * (ridge * np.exp(-0.5 * q / 4) - (1 + ridge) * np.exp(-0.5 * q))


@njit(cache=True, fastmath=True)
def add_blob(target, u0, v0, su, sv, height):
    n = target.shape[0]
    for y in range(max(0, int((1 - v0 - 3 * sv) * n)), min(n - 1, int((1 - v0 + 3 * sv) * n)) + 1):
        v = 1 - (y + 0.5) / n
        for x in range(max(0, int((u0 - 3 * su) * n)), min(n - 1, int((u0 + 3 * su) * n)) + 1):
            u = (x + 0.5) / n
            target[y, x] += height * np.exp(-0.5 * (((u - u0) / su) ** 2 + ((v - v0) / sv) ** 2))


def noise(rng, scale):
    """Smooth unit-variance field in the UV square; `scale` is its grain as a share of the square."""
    n = max(4, int(2 / scale))
    coarse = rng.normal(size=(n, n)).astype(np.float32)
    field = zoom(coarse, SIZE / n, order=1)[:SIZE, :SIZE]
    return field / (field.std() + 1e-6)


def curve(points, rng, jitter):
    p = np.array(points, np.float64)
    return p + rng.normal(scale=jitter, size=p.shape)


def arc(start, middle, end, count=7):
    t = np.linspace(0, 1, count)[:, None]
    a, m, b = (np.array(p, np.float64) for p in (start, middle, end))
    control = 2 * m - 0.5 * (a + b)
    return (1 - t) ** 2 * a + 2 * t * (1 - t) * control + t ** 2 * b


def fold_lines(rng):
    """One person's folds: {name: [(polyline, width, depth, ridge, taper) | ("blob", …)]}, left side, u > 0.5.

    Depths are in cm of bump; a person's skin multiplies them.
    """
    def j(x, s):
        return x + rng.normal(scale=s)

    folds = {}
    count = rng.integers(2, 5)
    levels = np.linspace(0.845, j(0.905, 0.01), count)
    folds["AU1"] = [(curve(arc((0.498, level - 0.002), (0.535, level + j(0.003, 0.004)), (0.585, level - 0.006)), rng, 0.001),
                     j(0.0045, 0.0008), 0.05, 0.6, 0.3) for level in levels]
    folds["AU2"] = [(curve(arc((0.585, level - 0.010), (0.655, level + j(0.002, 0.004)), (0.735, level - 0.022)), rng, 0.001),
                     j(0.0045, 0.0008), 0.05, 0.6, 0.3) for level in levels]
    # The corrugator's vertical lines at the glabella, and the bulge over the brow's head.
    kind = rng.integers(0, 3)
    glabella = []
    if kind in (0, 2):
        u = j(0.519, 0.003)
        glabella.append((curve(arc((u, 0.775), (u + 0.002, 0.795), (u + j(0.006, 0.003), j(0.822, 0.006))), rng, 0.0008),
                         j(0.0042, 0.0008), 0.09, 0.8, 0.25))
    if kind in (1, 2):
        u = j(0.532, 0.004)
        glabella.append((curve(arc((u, 0.785), (u + 0.003, 0.8), (u + 0.007, j(0.816, 0.004))), rng, 0.0008),
                         j(0.0036, 0.0006), 0.06, 0.8, 0.25))
    glabella.append(("blob", j(0.555, 0.006), j(0.812, 0.004), 0.022, 0.012, 0.05))
    glabella.append((arc((0.51, 0.835), (0.545, 0.838), (0.59, 0.846)), 0.006, 0.022, 0.6, 0.3))
    folds["AU4"] = glabella
    # The nose root's cross lines and the "bunny" lines down its sides.
    nose = []
    for v in np.linspace(j(0.735, 0.004), j(0.765, 0.005), rng.integers(2, 4)):
        nose.append((curve(arc((0.4985, v), (0.515, v + 0.001), (0.531, v - 0.006)), rng, 0.0008), j(0.0036, 0.0005), 0.07, 0.7, 0.3))
    for k in range(rng.integers(2, 4)):
        u, v = 0.527 + 0.010 * k, 0.715 - 0.012 * k
        nose.append((curve(arc((u - 0.008, v + 0.022), (u + 0.002, v + 0.008), (u + 0.022, v - 0.002)), rng, 0.001),
                     j(0.0036, 0.0005), 0.06, 0.7, 0.3))
    nose.append((arc((0.562, 0.60), (0.578, 0.572), (0.585, 0.545)), 0.006, 0.07, 0.7, 0.25))
    folds["AU9"] = nose
    # Crow's feet, the crease under the lower lid, the lifted cheek.
    crow = []
    for angle in np.linspace(j(0.55, 0.1), j(-0.75, 0.1), rng.integers(3, 6)):
        length = j(0.05, 0.008)
        a = (0.700, 0.717 + 0.006 * np.sin(angle))
        b = (a[0] + length * np.cos(angle), a[1] + length * np.sin(angle))
        crow.append((curve(arc(a, ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2 + j(0, 0.002)), b), rng, 0.0008), j(0.0036, 0.0006), 0.055, 0.7, 0.3))
    crow.append((curve(arc((0.603, 0.697), (0.648, j(0.683, 0.003)), (0.700, 0.700)), rng, 0.0008), j(0.005, 0.001), 0.055, 0.7, 0.3))
    crow.append(("blob", 0.652, j(0.664, 0.004), 0.035, 0.014, 0.07))
    folds["AU6"] = crow
    # The lower lid's own roll and the crease just below it.
    folds["AU7"] = [("blob", 0.645, 0.7065, 0.026, 0.0035, 0.055),
                    (curve(arc((0.606, 0.7035), (0.646, j(0.6985, 0.001)), (0.688, 0.7055)), rng, 0.0005), j(0.0035, 0.0005), 0.05, 0.6, 0.3)]
    u_fold = j(0.630, 0.008)
    folds["AU10"] = [(curve(arc((0.572, 0.585), (0.597, 0.545), (0.606, 0.495)), rng, 0.001), 0.0065, 0.08, 0.7, 0.25)]
    folds["AU12"] = [(curve(arc((0.575, 0.575), (u_fold - 0.010, 0.520), (u_fold + 0.008, 0.435)), rng, 0.001), j(0.007, 0.001), 0.09, 0.7, 0.25),
                     ("blob", 0.660, 0.575, 0.035, 0.030, 0.10)]
    folds["AU14"] = [(curve(arc((0.622, 0.466), (0.629, 0.442), (0.622, 0.415)), rng, 0.001), j(0.0055, 0.001), 0.11, 0.8, 0.3),
                     ("blob", 0.637, 0.442, 0.010, 0.018, 0.06)]
    folds["AU15"] = [(curve(arc((0.617, 0.440), (0.626, 0.415), (0.624, 0.380)), rng, 0.001), j(0.0055, 0.001), 0.09, 0.7, 0.3),
                     ("blob", 0.612, 0.395, 0.012, 0.014, 0.04)]
    chin = [(arc((0.44, 0.327), (0.5, 0.338), (0.56, 0.327)), 0.007, 0.07, 0.6, 0.25)]
    for _ in range(rng.integers(8, 18)):
        chin.append(("blob", rng.normal(0.5, 0.028), rng.normal(0.305, 0.010), rng.uniform(0.003, 0.006), rng.uniform(0.003, 0.006),
                     rng.choice([-1, 1]) * 0.035))
    folds["AU17"] = chin
    folds["AU20"] = [(curve(arc((0.625 + 0.02 * k, 0.470), (0.640 + 0.02 * k, 0.432), (0.630 + 0.02 * k, 0.390)), rng, 0.001), 0.0065, 0.055, 0.6, 0.3)
                     for k in range(2)]
    # Tight lips: fine vertical lines on and round the red, a bulge above and below.
    tight = [("blob", 0.545, 0.527, 0.035, 0.007, 0.045), ("blob", 0.54, 0.345, 0.035, 0.007, 0.045)]
    for u in rng.uniform(0.503, 0.585, 7):
        tight.append((np.array([[u, 0.53], [u + rng.normal(0, 0.002), 0.50]]), 0.0028, 0.03, 0.5, 0.3))
        tight.append((np.array([[u, 0.365], [u + rng.normal(0, 0.002), 0.345]]), 0.0028, 0.025, 0.5, 0.3))
    folds["AU23"] = tight
    folds["AU24"] = [("blob", 0.55, 0.522, 0.04, 0.008, 0.06), ("blob", 0.55, 0.350, 0.04, 0.008, 0.06),
                     (arc((0.612, 0.445), (0.622, 0.438), (0.634, 0.430)), 0.005, 0.06, 0.7, 0.2)]
    pucker = []
    for u in rng.uniform(0.503, 0.590, 9):
        pucker.append((np.array([[0.5 + (u - 0.5) * 1.15, 0.545], [u, 0.505]]), 0.0035, 0.035, 0.5, 0.3))
        pucker.append((np.array([[0.5 + (u - 0.5) * 1.15, 0.335], [u, 0.365]]), 0.0035, 0.03, 0.5, 0.3))
    folds["AU18"] = pucker
    # What a face has at rest: nasolabial fold, eye bags, forehead lines, lid crease.
    return folds


def draw(folds):
    """[SIZE,SIZE] bump (cm), person's left."""
    target = np.zeros((SIZE, SIZE), np.float32)
    for fold in folds:
        if isinstance(fold[0], str):
            add_blob(target, *[float(x) for x in fold[1:]])
        else:
            add_line(target, np.ascontiguousarray(fold[0], np.float64), *[float(x) for x in fold[1:]])
    return target


class Skin:
    """One person's skin: albedo planes [3,SIZE,SIZE] and fold maps per AU and side."""

    def __init__(self, rng):
        self.rng = rng
        tones = np.array([[0.80, 0.58, 0.46], [0.72, 0.50, 0.38], [0.62, 0.42, 0.30], [0.50, 0.32, 0.22],
                          [0.34, 0.20, 0.13], [0.20, 0.11, 0.07]])
        position = rng.uniform(0, len(tones) - 1)
        low = int(position)
        high = min(low + 1, len(tones) - 1)
        self.tone = tones[low] + (tones[high] - tones[low]) * (position - low)
        self.tone = self.tone * rng.uniform(0.9, 1.1, 3)
        hair = np.array([[0.02, 0.016, 0.014], [0.05, 0.03, 0.02], [0.12, 0.07, 0.04], [0.32, 0.22, 0.12], [0.35, 0.33, 0.32]])
        self.hair = hair[rng.choice(5, p=[0.4, 0.25, 0.17, 0.1, 0.08])] * rng.uniform(0.7, 1.3)
        self.folds = {name: draw(lines) for name, lines in fold_lines(rng).items()}
        # How strongly this person's skin folds: smooth young skin to deep lines.
        self.depth = float(rng.choice([rng.uniform(0.1, 0.5), rng.uniform(0.4, 1.2), rng.uniform(0.8, 1.8)]))
        self.rest = self._rest()
        self.albedo = self._albedo()

    def _rest(self):
        """Lines that are there without any action, so that a line alone proves nothing."""
        rng = self.rng
        age = rng.beta(1.2, 2.5)
        rest = np.zeros((SIZE, SIZE), np.float32)
        for name, share in (("AU12", 0.6), ("AU10", 0.3), ("AU1", 0.35), ("AU2", 0.35), ("AU4", 0.35), ("AU6", 0.35), ("AU15", 0.3), ("AU7", 0.3),
                            ("AU17", 0.15), ("AU9", 0.15)):
            strength = share * age * rng.uniform(0, 1.6)
            both = self.folds[name]
            rest += strength * (both + both[:, ::-1])
        crease = np.zeros_like(rest)
        add_line(crease, arc((0.597, 0.724), (0.645, 0.7375 + rng.normal(0, 0.002)), (0.695, 0.728)), 0.003, 0.06, 0.4, 0.2)
        rest += (crease + crease[:, ::-1]) * max(0, rng.normal(0.6, 0.6))
        rest += noise(rng, 0.012) * rng.uniform(0, 0.004)
        return rest

    def _albedo(self):
        rng = self.rng
        v, u = np.mgrid[0:SIZE, 0:SIZE].astype(np.float32)
        u, v = (u + 0.5) / SIZE, 1 - (v + 0.5) / SIZE
        mirrored = np.where(u < 0.5, 1 - u, u)
        tone = 1 + 0.05 * rng.uniform(0, 1.5) * noise(rng, 0.15) + 0.03 * rng.uniform(0, 1.5) * noise(rng, 0.02)
        albedo = np.stack([self.tone[k] * tone for k in range(3)]).astype(np.float32)

        def blend(mask, colour, amount):
            for k in range(3):
                albedo[k] *= 1 + amount * mask * (colour[k] - 1)

        def spot(u0, v0, su, sv):
            return np.exp(-0.5 * (((mirrored - u0) / su) ** 2 + ((v - v0) / sv) ** 2))

        blend(spot(0.68, 0.60, 0.06, 0.05), (1.05, 0.78, 0.78), rng.uniform(0, 0.9))
        blend(spot(0.5, 0.60, 0.03, 0.03), (1.03, 0.82, 0.82), rng.uniform(0, 0.9))
        blend(spot(0.645, 0.690, 0.03, 0.010), (0.72, 0.68, 0.72), rng.uniform(0, 0.7))
        blend(spot(0.645, 0.728, 0.04, 0.012), (0.75, 0.68, 0.68), rng.uniform(0, 0.8))
        # The lid margin and lashes.
        blend(spot(0.645, 0.7172, 0.04, 0.0022), (0.3, 0.25, 0.25), rng.uniform(0.3, 0.9))
        # Lips.
        angle = np.arctan2((v - 0.4345) / 0.9, mirrored - 0.5)
        contour = np.array([[np.arctan2((p[1] - 0.4345) / 0.9, p[0] - 0.5), np.hypot(p[0] - 0.5, (p[1] - 0.4345) / 0.9)] for p in MOUTH[3:10]])
        contour = contour[np.argsort(contour[:, 0])]
        edge = np.interp(angle, contour[:, 0], contour[:, 1]) * rng.uniform(0.95, 1.06)
        radius = np.hypot(mirrored - 0.5, (v - 0.4345) / 0.9)
        lip = expit((edge - radius) / 0.003)
        lip_colour = np.array([rng.uniform(0.75, 1.05), rng.uniform(0.45, 0.8), rng.uniform(0.5, 0.85)])
        if rng.random() < 0.12:
            lip_colour *= np.array([0.9, 0.4, 0.45])
        blend(lip, lip_colour, rng.uniform(0.6, 1))
        # Brows: a band of hair along the brow, its place, slope and body differing between people.
        shift, tilt, thick = rng.normal(-0.002, 0.006), rng.normal(0, 0.05), rng.uniform(0.006, 0.015)
        start = rng.uniform(0.525, 0.556)
        line = np.interp(mirrored, BROW[:, 0], BROW[:, 1]) + shift + tilt * (mirrored - 0.64)
        taper = np.clip((mirrored - start) / 0.02, 0, 1) * np.clip((0.765 - mirrored) / 0.06, 0, 1)
        width = thick * (0.55 + 0.45 * np.clip((0.72 - mirrored) / 0.1, 0, 1))
        grain = 1 + 0.35 * gaussian_filter(rng.normal(size=u.shape), (2.5, 0.8)) * 3
        brow = np.clip(taper * np.exp(-0.5 * ((v - line) / width) ** 4) * grain, 0, 1) * rng.uniform(0.35, 0.97)
        # Beard, moustache or stubble.
        if rng.random() < 0.4:
            jaw = np.clip((v - 0.20) / 0.05, 0, 1) * np.clip((0.56 - v) / 0.05, 0, 1) * (1 - lip) * np.clip((0.36 - np.abs(u - 0.5)) / 0.05, 0, 1)
            lower = np.where(np.abs(u - 0.5) < 0.12, np.clip((0.56 - v) / 0.02, 0, 1), np.clip((0.47 - v + 0.25 * (np.abs(u - 0.5) - 0.12)) / 0.04, 0, 1))
            beard = jaw * lower * rng.choice([rng.uniform(0.1, 0.35), rng.uniform(0.3, 0.9)]) * np.clip(1 + 0.4 * noise(rng, 0.006), 0, 1.6)
        else:
            beard = np.zeros_like(u)
        head_hair = expit((v - rng.uniform(0.935, 0.975) + 0.3 * np.clip(np.abs(u - 0.5) - 0.33, 0, 1)) / 0.008) * (rng.random() < 0.85)
        cover = np.clip(np.maximum(np.maximum(brow, beard), head_hair), 0, 1)
        for k in range(3):
            albedo[k] = albedo[k] * (1 - cover) + self.hair[k] * (0.8 + 0.4 * np.clip(grain - 1, -1, 1)) * cover
        return np.clip(albedo, 0.004, 1).astype(np.float32)

    def height(self, left, right):
        """Bump map (cm) for fold strengths {AU: 0…1} of each side."""
        total = self.rest * min(1.0, self.depth + 0.2)
        for name, fold in self.folds.items():
            a, b = left.get(name, 0.0), right.get(name, 0.0)
            if a > 0.01:
                total = total + fold * (a * self.depth)
            if b > 0.01:
                total = total + fold[:, ::-1] * (b * self.depth)
        return np.ascontiguousarray(total, np.float32)
