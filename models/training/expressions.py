"""Which action units a rendered face shows, and the shapes that make them.

Intensities run 0 … 5. `draw_actions` returns {AU: (left, right)}; `shapes_of` turns it into mesh coefficients, with the
looseness real faces have (one AU is never exactly one shape); `labels_of` gives the training target.
"""
import numpy as np

AUS = ["AU1", "AU2", "AU4", "AU5", "AU6", "AU7", "AU9", "AU10", "AU12", "AU14", "AU15", "AU16", "AU17", "AU18", "AU20",
       "AU22", "AU23", "AU24", "AU25", "AU26", "AU27", "AU28", "AU45"]
SIDED = {"AU1", "AU2", "AU4", "AU5", "AU6", "AU7", "AU9", "AU10", "AU12", "AU14", "AU15", "AU16", "AU20", "AU45"}

# Emotion prototypes (EMFACS, Du et al. 2014, with shares of people who show the variant) and everyday displays.
PROTOTYPES = {
    "happiness": {12: 1, 25: .7, 6: .6, 26: .2, 7: .2},
    "sadness": {4: .8, 15: .9, 1: .7, 6: .2, 11: .2, 17: .6, 7: .2, 24: .1, 25: .1},
    "fear": {1: .95, 2: .6, 4: .8, 5: .7, 20: .8, 25: .9, 26: .35, 27: .15, 7: .25},
    "anger": {4: 1, 7: .7, 23: .4, 24: .5, 17: .5, 10: .2, 5: .35, 25: .15, 9: .1},
    "surprise": {1: 1, 2: 1, 25: .95, 26: .5, 27: .45, 5: .7},
    "disgust": {9: .75, 10: .5, 17: .6, 4: .5, 24: .15, 7: .4, 6: .2, 15: .25, 16: .15, 25: .25},
    "contempt": {14: .8, 12: .4, 17: .15, 4: .15, 24: .1, 10: .1},
    "happily-surprised": {1: 1, 2: 1, 12: 1, 25: 1, 5: .6, 26: .6, 27: .15},
    "happily-disgusted": {10: .9, 12: 1, 25: .9, 4: .3, 6: .6, 9: .6},
    "sadly-fearful": {1: 1, 4: 1, 20: .9, 25: .9, 2: .4, 5: .25, 6: .3, 15: .3},
    "sadly-angry": {4: 1, 15: .9, 6: .25, 7: .5, 17: .5, 24: .2, 23: .2},
    "fearfully-surprised": {1: 1, 2: 1, 5: .9, 20: .9, 25: .9, 4: .45, 10: .3, 26: .5},
    "angrily-surprised": {4: 1, 25: .9, 26: .8, 5: .4, 7: .5, 10: .3},
    "angrily-disgusted": {4: 1, 10: .9, 17: .8, 7: .6, 9: .55, 24: .35},
    "awed": {1: 1, 2: 1, 5: .9, 25: .9, 26: .5, 4: .2},
    "pain": {4: 1, 6: .7, 7: .8, 9: .6, 10: .6, 25: .7, 45: .4, 20: .3, 27: .1, 26: .3},
    "neutral": {},
    "speech": {25: .8, 26: .5, 16: .3, 10: .2, 22: .2, 18: .2, 12: .2, 20: .15},
    "kiss": {18: .8, 22: .4, 45: .2},
    "lips": {28: .5, 24: .4, 23: .4, 14: .3, 17: .4},
    "wink": {45: .8, 6: .5, 12: .4},
    "single": {},
}
# The chance of a prototype in the mixed set.
WEIGHTS = {"happiness": 2, "sadness": 2, "fear": 2, "anger": 2.5, "surprise": 2, "disgust": 2.5, "contempt": 1.2, "neutral": 2.0, "single": 4.5,
           "speech": .8, "kiss": .4, "lips": 1.2, "wink": .3}


def intensity(rng):
    """Shares of coded intensities: mostly B–D."""
    return float(np.clip(5 * rng.beta(2.2, 1.7), 0.5, 5))


def settle(actions, rng):
    """Removes what a face cannot do at once, so that no target contradicts the picture."""
    def drop(*aus):
        for au in aus:
            actions.pop(au, None)

    if 27 in actions:
        drop(26, 24, 28, 18, 23, 17)
        actions[25] = actions.get(25, 2.0)
    if 26 in actions:
        drop(24, 28)
        actions[25] = actions.get(25, 1.5)
        if rng.random() < 0.7:
            drop(17, 23)
    if 24 in actions or 28 in actions:
        drop(25)
    if 28 in actions:
        drop(22, 10, 16)
        if 24 in actions:
            drop(24)
    if 24 in actions and rng.random() < 0.6:
        drop(22, 16, 10, 18)
    if 18 in actions and (12 in actions or 20 in actions) and rng.random() < 0.8:
        drop(*(12, 20) if rng.random() < 0.5 else (18,))
    if 12 in actions and 15 in actions and rng.random() < 0.6:
        drop(12 if rng.random() < 0.5 else 15)
    if 45 in actions:
        drop(5)
    return actions


def draw_actions(rng, mode):
    """mode: "prototype" | "random" → ({AU number: mean intensity}, {AU number: (left, right)}, name)."""
    if mode == "prototype":
        names = list(PROTOTYPES)
        weight = np.array([WEIGHTS.get(n, 0.6) for n in names])
        name = names[rng.choice(len(names), p=weight / weight.sum())]
        actions = {au: intensity(rng) for au, p in PROTOTYPES[name].items() if rng.random() < p}
        # One strength runs through a display, and AUs wander round it.
        strength = rng.uniform(0.45, 1.15)
        actions = {au: float(np.clip(v * strength, 0.5, 5)) for au, v in actions.items()}
        if name == "single":
            actions = {int(rng.choice([1, 2, 4, 5, 6, 7, 9, 10, 12, 14, 15, 16, 17, 18, 20, 22, 23, 24, 25, 26, 27, 28, 45])): intensity(rng)}
            if rng.random() < 0.4:
                actions[int(rng.choice([4, 6, 7, 9, 12, 14, 17, 23, 24]))] = intensity(rng)
        if rng.random() < 0.25:
            actions[int(rng.choice([1, 2, 4, 7, 6, 9, 14, 17, 23, 24, 5, 15]))] = intensity(rng) * 0.8
    else:
        name = "random"
        odds = {1: .2, 2: .2, 4: .3, 5: .15, 6: .25, 7: .25, 9: .2, 10: .14, 12: .22, 14: .14, 15: .16, 16: .1, 17: .2, 18: .07, 20: .13, 22: .07,
                23: .15, 24: .14, 25: .3, 26: .12, 27: .08, 28: .06, 45: .07, 11: .08}
        scale = rng.uniform(0.3, 1.3)
        actions = {au: intensity(rng) for au, p in odds.items() if rng.random() < p * scale}
    actions = settle(actions, rng)
    sides = {}
    lopsided = rng.random() < (0.6 if name == "contempt" else 0.18)
    for au, value in actions.items():
        if f"AU{au}" not in SIDED or not lopsided:
            wobble = rng.normal(0, 0.06, 2) if f"AU{au}" in SIDED else (0, 0)
            sides[au] = (float(np.clip(value * (1 + wobble[0]), 0, 5)), float(np.clip(value * (1 + wobble[1]), 0, 5)))
        else:
            weak = value * rng.choice([0.0, 0.0, rng.uniform(0, 1)])
            sides[au] = (value, weak) if rng.random() < 0.5 else (weak, value)
    return sides, name


def shapes_of(sides, rng):
    """→ ({shape: weight}, per side {fold name: strength 0…1})."""
    shapes = {}
    folds = ({}, {})

    def add(name, value):
        shapes[name] = shapes.get(name, 0.0) + float(value)

    def side(i):
        return "_L" if i == 0 else "_R"

    # How this display makes each AU: drawn once, shared by the sides.
    cheek6, close9 = rng.uniform(1.0, 1.45), rng.uniform(0, 0.8) * (rng.random() < 0.7)
    knit, raiser, roll = rng.uniform(0.3, 1.25), rng.uniform(0, 1), rng.uniform(0.2, 0.45)
    gain = {au: rng.uniform(0.85, 1.1) for au in range(1, 46)}
    brow, slant = rng.uniform(0.55, 1.15), rng.uniform(0.4, 0.9)
    sneer, lift, lidshare = rng.uniform(0.0, 0.45), rng.uniform(0.2, 0.8), rng.uniform(0, 0.2)
    shrug = rng.uniform(0.2, 0.9)
    part = rng.uniform(0, 1)
    pucker23, press23 = rng.uniform(0, 0.3), rng.uniform(0.1, 0.5)
    cheek12 = rng.uniform(0, 0.35)
    for i in (0, 1):
        value = {au: pair[i] / 5 * gain[au] for au, pair in sides.items()}
        get = value.get
        s = side(i)
        if get(1):
            add("browInnerUp" + s, 1.05 * get(1))
        if get(2):
            add("browOuterUp" + s, 0.95 * get(2))
        if get(4):
            # With the inner brow raised (1+4) the corrugator draws the brows together and up into a slant.
            left_down = 1 - slant * min(1.0, 1.5 * get(1, 0))
            add("browDown" + s, brow * get(4) * left_down)
            add("browKnit" + s, knit * get(4))
            add("browSink" + s, knit * get(4) * left_down)
        if get(5):
            add("eyeWide" + s, 1.05 * get(5))
        if get(6):
            add("cheekSquint" + s, cheek6 * (1 - raiser) * get(6))
            add("cheekRaiser" + s, cheek6 * raiser * get(6))
            add("eyeSquint" + s, rng.uniform(0, 0.35) * get(6))
        if get(7):
            add("eyeSquint" + s, 1.0 * get(7))
            add("eyeBlink" + s, lidshare * get(7))
        if get(9):
            add("noseSneer" + s, 0.95 * get(9))
            add("browKnit" + s, 0.6 * sneer * get(9))
            add("browSink" + s, sneer * get(9))
            add("mouthUpperUp" + s, (0.3 * sneer - close9) * get(9))
            add("eyeSquint" + s, 0.3 * sneer * get(9))
        if get(10):
            add("mouthUpperUp" + s, 0.9 * get(10))
        if get(11):
            add("mouthUpperUp" + s, 0.3 * get(11))
        if get(12):
            add("mouthSmile" + s, 0.95 * get(12))
            add("cheekRaiser" + s, cheek12 * get(12) ** 2)
        if get(14):
            add("mouthDimple" + s, 1.0 * get(14))
        if get(15):
            add("mouthFrown" + s, 1.05 * get(15))
        if get(16):
            add("mouthLowerDown" + s, 1.0 * get(16))
        if get(20):
            add("mouthStretch" + s, 0.9 * get(20))
        if get(23):
            add("mouthPress" + s, press23 * get(23))
        if get(24):
            add("mouthPress" + s, 1.0 * get(24))
        if get(45):
            add("eyeBlink" + s, 1.0 * get(45))
        fold = folds[i]
        for au in (1, 2, 4, 6, 7, 9, 10, 12, 14, 15, 17, 18, 20, 23, 24):
            if get(au):
                fold[f"AU{au}"] = float(get(au)) * rng.uniform(0.7, 1.2)
        fold["AU12"] = max(fold.get("AU12", 0), 0.5 * fold.get("AU9", 0), 0.4 * get(11, 0))
        fold["AU6"] = fold.get("AU6", 0) + 0.15 * get(12, 0)
        fold["AU18"] = max(fold.get("AU18", 0), 0.7 * get(22, 0))
        if get(1) and get(4):
            fold["AU1"] = fold.get("AU1", 0) * 1.3
    value = {au: np.mean(pair) / 5 * gain[au] for au, pair in sides.items()}
    get = value.get
    if get(10):
        add("mouthShrugUpper", lift * 0.6 * get(10))
    if get(17):
        add("mouthShrugLower", 0.85 * get(17))
        add("mouthShrugUpper", shrug * 0.6 * get(17))
    if get(18):
        add("mouthPucker", 0.9 * get(18))
    if get(22):
        add("mouthFunnel", 0.8 * get(22))
    if get(23):
        add("mouthRollUpper", roll * get(23) * rng.uniform(0.6, 1.2))
        add("mouthRollLower", roll * get(23) * rng.uniform(0.6, 1.2))
        add("mouthPucker", pucker23 * get(23))
    if get(24):
        add("mouthRollUpper", 0.15 * get(24))
        add("mouthRollLower", 0.15 * get(24))
    if get(28):
        add("mouthRollUpper", 0.85 * get(28) * rng.uniform(0.3, 1))
        add("mouthRollLower", 0.85 * get(28))
    if get(27):
        add("jawOpen", 0.55 + 0.5 * get(27))
    elif get(26):
        add("jawOpen", 0.18 + 0.37 * get(26))
    if get(25):
        # Lips part by the lips, by a little jaw, or both.
        for s in ("_L", "_R"):
            add("mouthLowerDown" + s, (0.15 + 0.45 * get(25)) * part)
            add("mouthUpperUp" + s, 0.25 * get(25) * part)
        if not get(26) and not get(27):
            add("jawOpen", 0.04 + 0.16 * get(25) * (1 - part))
    # Things that are no target: gaze, jaw, cheeks.
    if rng.random() < 0.3:
        gx, gy = rng.normal(0, 0.35), rng.normal(0, 0.3)
        add("eyeLookOut_L" if gx > 0 else "eyeLookIn_L", abs(gx))
        add("eyeLookIn_R" if gx > 0 else "eyeLookOut_R", abs(gx))
        for s in ("_L", "_R"):
            add(("eyeLookUp" if gy > 0 else "eyeLookDown") + s, abs(gy))
    if rng.random() < 0.12:
        add("jawLeft" if rng.random() < 0.5 else "jawRight", rng.uniform(0, 0.5))
    if rng.random() < 0.08:
        add("jawForward", rng.uniform(0, 0.6))
    if rng.random() < 0.06:
        for s in ("_L", "_R"):
            add("cheekPuff" + s, rng.uniform(0, 0.7))
    if rng.random() < 0.06:
        add("mouthLeft" if rng.random() < 0.5 else "mouthRight", rng.uniform(0, 0.5))
    return shapes, folds


def labels_of(sides, gap):
    """→ [23, 2] intensities, left and right. `gap`: the opening between the lips in cm, which is what AU25 means."""
    labels = np.zeros((len(AUS), 2), np.float32)
    for k, name in enumerate(AUS):
        pair = sides.get(int(name[2:]))
        if pair:
            labels[k] = pair
    labels[AUS.index("AU25")] = 5 * (1 - np.exp(-max(0.0, gap - 0.06) / 0.8))
    return labels


def form_of(rng):
    """One person's resting form: 100 identity modes and our own form shapes."""
    identity = np.clip(rng.normal(0, 1.15, 100), -2.8, 2.8).astype(np.float32)
    form = {}

    def both(name, value, spread=0.0):
        form[name + "_L"] = float(value + rng.normal(0, spread))
        form[name + "_R"] = float(value + rng.normal(0, spread))

    both("formBrowHeight", rng.normal(-0.1, 0.6), 0.12)
    both("formBrowSlant", rng.normal(0, 0.35), 0.08)
    both("formEyeSlant", rng.normal(0.2, 0.8), 0.1)
    both("formEyeBag", max(0, rng.normal(0, 0.5)))
    epicanthus = rng.choice([0.0, rng.uniform(0.2, 1.2)], p=[0.6, 0.4])
    both("formEpicanthus", epicanthus, 0.03 * (epicanthus > 0))
    form["formFlatBridge"] = float(epicanthus * rng.uniform(0, 0.9) + max(0, rng.normal(-0.2, 0.3)))
    form["formFullLips"] = float(rng.normal(0.1, 0.7))
    # Lid opening, lip corners, lip roll and a small gap at rest.
    lid = rng.normal(0.04, 0.09)
    both("eyeBlink" if lid > 0 else "eyeWide", abs(lid) * (1 if lid > 0 else 0.8), 0.02)
    both("eyeSquint", max(0, rng.normal(0.0, 0.12)), 0.02)
    corner = rng.normal(0, 0.08)
    both("mouthSmile" if corner > 0 else "mouthFrown", abs(corner), 0.015)
    roll = rng.normal(0, 0.10)
    form["mouthRollLower"] = form["mouthRollUpper"] = float(roll)
    form["mouthShrugLower"] = float(max(0, rng.normal(0, 0.08)))
    both("browDown", max(0, rng.normal(0, 0.10)))
    return identity, form
