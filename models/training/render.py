"""Renders faces with known action units.

    python3 render.py MODEL.npz OUT_FOLDER --people 200 --per-person 5 --seed 1

writes OUT/images.u8 (N×256×256×3 RGB), OUT/labels.npz (labels [N,23,2], person [N], grey [N], name [N], pose [N,3]).
"""
import argparse
import os

import numpy as np
from scipy.ndimage import gaussian_filter, zoom

from expressions import draw_actions, form_of, labels_of, shapes_of
from face_model import FaceModel
from occluders import draw as draw_occluder
from occluders import project
from raster import gather, occlusion_from_depth, rasterise, shade, vertex_normals
from skin import Skin

OUTPUT = 256
# The inner edges of the lips at the middle (Multi-PIE points 61–63 and 65–67).
UPPER_LIP, LOWER_LIP = [5711, 5533, 6216], [5966, 5517, 6470]
RENDER = 512


def rotation(yaw, pitch, roll):
    cy, sy, cp, sp, cr, sr = np.cos(yaw), np.sin(yaw), np.cos(pitch), np.sin(pitch), np.cos(roll), np.sin(roll)
    ry = np.array([[cy, 0, sy], [0, 1, 0], [-sy, 0, cy]])
    rx = np.array([[1, 0, 0], [0, cp, -sp], [0, sp, cp]])
    rz = np.array([[cr, -sr, 0], [sr, cr, 0], [0, 0, 1]])
    return (rz @ rx @ ry).astype(np.float32)


def backdrop(rng):
    n = rng.integers(2, 9)
    base = rng.uniform(0.02, 0.7, 3) if rng.random() < 0.5 else np.repeat(rng.uniform(0.02, 0.8), 3)
    coarse = RENDER // 4
    field = zoom(rng.normal(0, 1, (n, n, 3)), (coarse / n, coarse / n, 1), order=1)[:coarse, :coarse]
    field = np.clip(base + field * rng.choice([0.01, 0.04, 0.10]), 0, 1).astype(np.float32)
    return field.repeat(4, 0).repeat(4, 1)


def render(model, person, sides, rng, pose=None, occlude=False):
    """→ (uint8 image [256,256,3], pose in degrees [3], lip gap in cm)."""
    skin, identity, form, hair = person
    shapes, (left, right) = shapes_of(sides, rng)
    coefficients = dict(form)
    for name, value in shapes.items():
        coefficients[name] = coefficients.get(name, 0.0) + value
    vertices = model.deform(identity, coefficients)
    gap = float(np.mean(vertices[UPPER_LIP, 1] - vertices[LOWER_LIP, 1]))
    if pose is None:
        wide = rng.random() < 0.35
        pose = rng.normal(0, 1, 3) * (np.array([15, 9, 7]) if wide else np.array([5, 5, 3]))
        pose = np.clip(pose, -32, 32)
    turn = rotation(*np.radians(pose))
    turned = (vertices - np.array([0, 0.5, 2], np.float32)) @ turn.T
    distance = rng.choice([35.0, 50.0, 80.0, 150.0])
    face_height = RENDER * rng.uniform(0.7, 1.05)
    pixels_per_cm = face_height / 24.0
    scale = pixels_per_cm * distance / (distance - turned[:, 2])
    centre = RENDER / 2 + rng.normal(0, 12, 2)
    screen = np.stack([centre[0] + turned[:, 0] * scale, centre[1] - turned[:, 1] * scale, turned[:, 2]], 1).astype(np.float32)
    normals = vertex_normals(turned.astype(np.float32), model.faces)
    keep = np.ones(len(model.faces), bool)
    lash = model.materials.index("M_EyeLashes")
    keep[(model.material == lash) & (rng.random(len(model.faces)) > rng.uniform(0.03, 0.22))] = False
    index, depth, weight = rasterise(screen, model.faces, RENDER, keep)
    # The mouth's inside and the skin of the scalp are parts of one material, told apart by vertex.
    normal, coordinate, kind, bump = gather(index, weight, model.faces, model.face_uv, model.uv, normals, model.material, skin.height(left, right))
    first = np.where(index >= 0, model.faces[np.maximum(index, 0), 0], -1)
    kind[(kind == 1) & (first >= 11248)] = 12
    rest_y, rest_z = model.neutral[np.maximum(first, 0), 1], model.neutral[np.maximum(first, 0), 2]
    kind[(kind == 1) & hair & ((rest_y > 1) | ((rest_z < -1) & (rest_y > -5)))] = 13
    occlusion = occlusion_from_depth(depth, pixels_per_cm, rng.uniform(0.25, 0.6)).astype(np.float32)
    solid = np.zeros((14, 3), np.float32)
    solid[:] = skin.tone
    solid[1] = skin.tone
    solid[2] = np.array([0.35, 0.10, 0.10]) * rng.uniform(0.5, 1)
    solid[3] = np.array([0.75, 0.70, 0.60]) * rng.uniform(0.7, 1.1)
    solid[4] = solid[6] = solid[5] = solid[7] = np.array([0.68, 0.64, 0.62]) * rng.uniform(0.8, 1.1)
    solid[11] = 0.015
    solid[12] = np.array([0.18, 0.05, 0.05]) * rng.uniform(0.3, 1)
    solid[13] = skin.hair
    iris_tone = np.array([[0.05, 0.03, 0.02], [0.12, 0.07, 0.03], [0.15, 0.2, 0.28], [0.14, 0.18, 0.10]])[rng.choice(4, p=[.5, .25, .15, .1])]
    # Colour, then pupil and iris radii in the eye texture's units.
    iris = np.array([*iris_tone, 0.045 * rng.uniform(0.8, 1.7), 0.135], np.float32)
    azimuth, elevation = rng.normal(0, 0.7), rng.normal(0.45, 0.4)
    key = np.array([np.sin(azimuth) * np.cos(elevation), np.sin(elevation), np.cos(azimuth) * np.cos(elevation)])
    warmth = rng.normal(0, 0.08)
    tint = np.array([1 + warmth, 1, 1 - warmth])
    ratio = rng.uniform(0.15, 1)
    light = np.concatenate([key, tint * ratio]).astype(np.float32)
    azimuth2 = -np.sign(azimuth) * rng.uniform(0.2, 1.5)
    fill = np.concatenate([[np.sin(azimuth2), 0.2, np.cos(azimuth2)], tint[::-1] * rng.uniform(0, 0.4)]).astype(np.float32)
    ambient = (np.repeat(1 - ratio * 0.8, 3) * tint).astype(np.float32) * rng.uniform(0.5, 0.8)
    image = shade(normal, coordinate, kind, bump, occlusion, skin.albedo, solid, iris, light, fill, ambient,
                  np.float32(rng.uniform(0, 0.35)), backdrop(rng), np.float32(pixels_per_cm), np.float32(1.0))
    image = image.reshape(OUTPUT, 2, OUTPUT, 2, 3).mean((1, 3))
    face = image[OUTPUT // 4: 3 * OUTPUT // 4, OUTPUT // 4: 3 * OUTPUT // 4]
    image = image * (rng.uniform(0.22, 0.5) / (face.mean() + 1e-3)) ** rng.uniform(0.4, 0.9)
    image = np.clip(image, 0, 1.2) ** (1 / rng.uniform(1.9, 2.4))
    if occlude:
        image = draw_occluder((np.clip(image, 0, 1) * 255).astype(np.uint8),
                              lambda points: project(points, turn, centre, pixels_per_cm, distance, OUTPUT / RENDER), rng) / 255.0
    contrast = rng.uniform(0.8, 1.2)
    image = (image - 0.5) * contrast + 0.5 + rng.normal(0, 0.02)
    blur = rng.choice([0, rng.uniform(0.3, 0.9), rng.uniform(0.8, 1.6)], p=[0.45, 0.4, 0.15])
    if blur:
        image = gaussian_filter(image, (blur, blur, 0))
    if rng.random() < 0.4:
        image = np.repeat((image @ np.array([0.299, 0.587, 0.114]))[..., None], 3, 2)
    image = image + rng.normal(0, rng.uniform(0, 0.02), image.shape)
    return (np.clip(image, 0, 1) * 255 + 0.5).astype(np.uint8), pose, gap


def make_person(rng):
    identity, form = form_of(rng)
    return Skin(rng), identity, form, bool(rng.random() < 0.85)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("model")
    parser.add_argument("out")
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--per-person", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--prototype-share", type=float, default=0.5)
    parser.add_argument("--occlude", action="store_true", help="hats, fringes and glasses on some")
    options = parser.parse_args()
    os.makedirs(options.out, exist_ok=True)
    model = FaceModel(options.model)
    labels, people, names, poses = [], [], [], []
    with open(os.path.join(options.out, "images.u8"), "wb") as images:
        for p in range(options.people):
            rng = np.random.default_rng([options.seed, p])
            person = make_person(rng)
            for _ in range(options.per_person):
                mode = "prototype" if rng.random() < options.prototype_share else "random"
                sides, name = draw_actions(rng, mode)
                image, pose, gap = render(model, person, sides, rng, occlude=options.occlude)
                images.write(image.tobytes())
                labels.append(labels_of(sides, gap))
                people.append(options.seed * 100000 + p)
                names.append(name)
                poses.append(pose)
    np.savez(os.path.join(options.out, "labels.npz"), labels=np.array(labels), person=np.array(people), name=np.array(names), pose=np.array(poses, np.float32))


if __name__ == "__main__":
    main()
