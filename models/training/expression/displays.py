"""How the eight expressions are shown, as action units with the share of people who show each: what rare classes are made of.

Sources: EMFACS and the FACS Investigator's Guide (Ekman, Friesen & Hager 2002) for the coders' prototypes; Du, Tao & Martinez
2014 (PNAS 111:E1454, Table 1) for the shares; the open-mouthed anger, disgust and sadness of press photos are our estimates.
Contempt is one-sided by definition.
"""
import numpy as np

from expressions import AUS, SIDED

LABELS = ["anger", "contempt", "disgust", "fear", "happiness", "neutral", "sadness", "surprise"]
# Label → displays as (weight, {AU: share}).
DISPLAYS = {
    "anger": [
        (3, {4: 1, 7: .75, 23: .6, 24: .5, 17: .55, 5: .3, 10: .15, 9: .1}),
        (1.5, {4: 1, 7: .8, 9: .35, 10: .5, 16: .6, 25: 1, 26: .6, 22: .2, 20: .2, 5: .3, 6: .3}),
        (1, {4: 1, 7: .7, 10: .5, 16: .5, 25: 1, 27: 1, 9: .4, 6: .4, 5: .2}),
        (1, {4: 1, 5: .6, 7: .6, 23: .4, 25: .4}),
    ],
    "contempt": [
        (3, {14: 1, 17: .15, 4: .12, 24: .12}),
        (1.2, {12: 1, 14: .6, 10: .1}),
        (.8, {14: 1, 10: .3, 4: .2, 7: .2, 17: .2}),
    ],
    "disgust": [
        (3, {9: 1, 4: .5, 7: .45, 17: .5, 10: .4, 6: .3, 15: .15, 24: .1, 25: .15}),
        (2, {10: 1, 4: .6, 9: .4, 7: .5, 17: .6, 15: .3, 6: .25}),
        (1, {9: .8, 10: .8, 25: 1, 16: .5, 26: .4, 4: .5, 7: .5, 6: .4}),
    ],
    "fear": [
        (3, {1: 1, 2: .65, 4: .85, 5: .75, 20: .85, 25: .9, 26: .35, 7: .3}),
        (1, {1: 1, 2: .8, 4: .5, 5: 1, 20: .5, 25: 1, 26: .5, 27: .3, 16: .3}),
        (.7, {1: 1, 4: 1, 5: .6, 7: .3, 20: .4}),
    ],
    "happiness": [
        (3, {12: 1, 6: .75, 25: .75, 26: .2, 7: .2}),
        (.6, {12: 1, 6: 1, 25: 1, 26: .6, 27: .3, 7: .3}),
        (.5, {12: 1, 6: .3}),
    ],
    "neutral": [(1, {})],
    "sadness": [
        (3, {1: .8, 4: .8, 15: .9, 17: .6, 7: .2, 24: .1}),
        (1, {4: .9, 1: .5, 6: .6, 7: .6, 15: .6, 17: .5, 25: .5, 20: .4, 10: .3, 9: .15}),
        (1, {1: .9, 4: .7, 15: .4, 17: .4, 24: .2, 45: .25}),
    ],
    "surprise": [
        (3, {1: 1, 2: 1, 5: .75, 25: 1, 26: .6}),
        (1.5, {1: 1, 2: 1, 5: .8, 25: 1, 27: 1}),
        (.5, {1: 1, 2: 1, 5: .7}),
    ],
}
LEAST_UNITS = {"contempt": 1, "happiness": 1, "disgust": 1}
STRAY = [1, 2, 4, 7, 14, 15, 17, 24, 25, 6, 20, 5, 10, 23]
INDEX = {int(name[2:]): k for k, name in enumerate(AUS)}


def draw(label, rng):
    """→ ({AU: intensity 0–5})"""
    weight = np.array([w for w, _ in DISPLAYS[label]])
    shares = DISPLAYS[label][rng.choice(len(weight), p=weight / weight.sum())][1]
    units = {}
    while shares and len(units) < LEAST_UNITS.get(label, 2):
        units = {u: 5 * rng.beta(2.6, 1.7) for u, share in shares.items() if rng.random() < share}
    strength = rng.uniform(.55, 1.15)
    units = {u: float(np.clip(v * strength, .8, 5)) for u, v in units.items()}
    # What a face cannot do at once.
    gone = ({26, 24, 23, 17, 28} if 27 in units else set()) | ({24, 28} if 26 in units else set())
    gone |= ({24} if 25 in units else set()) | ({5} if 45 in units else set())
    units = {u: v for u, v in units.items() if u not in gone}
    if rng.random() < (.5 if label == "neutral" else .3):
        units.setdefault(int(rng.choice(STRAY)), rng.uniform(.3, 1.5))
    return units


def sample(label, count, rng):
    """→ intensities [count,23,2] (left, right), and for contempt which side leads (0 left, 1 right)."""
    out, side = np.zeros((count, len(AUS), 2)), np.zeros(count, int)
    for i in range(count):
        units = draw(label, rng)
        lopsided = rng.random() < (.85 if label == "contempt" else .12)
        lead, weak = rng.integers(2), rng.choice([0, 0, rng.uniform(0, .6)])
        for unit, value in units.items():
            pair = np.array([value, value])
            if f"AU{unit}" in SIDED:
                if lopsided and (label != "contempt" or unit in (10, 12, 14)):
                    pair[1 - lead] *= weak
                pair *= 1 + rng.normal(0, .08, 2)
            out[i, INDEX[unit]] = np.clip(pair, 0, 5)
        corners = out[i, [INDEX[12], INDEX[14]]].sum(0)
        side[i] = int(label == "contempt" and corners[1] > corners[0])
    return out, side
