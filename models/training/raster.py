"""A small z-buffer renderer: per-pixel normals, bump map, one key light, fill light, specular, occlusion from depth."""
import numpy as np
from numba import njit
from scipy.ndimage import gaussian_filter


@njit(cache=True, fastmath=True)
def vertex_normals(vertices, faces):
    normals = np.zeros_like(vertices)
    for f in range(faces.shape[0]):
        a, b, c = faces[f, 0], faces[f, 1], faces[f, 2]
        ux = vertices[b, 0] - vertices[a, 0]
        uy = vertices[b, 1] - vertices[a, 1]
        uz = vertices[b, 2] - vertices[a, 2]
        vx = vertices[c, 0] - vertices[a, 0]
        vy = vertices[c, 1] - vertices[a, 1]
        vz = vertices[c, 2] - vertices[a, 2]
        nx, ny, nz = uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx
        for k in (a, b, c):
            normals[k, 0] += nx
            normals[k, 1] += ny
            normals[k, 2] += nz
    for i in range(normals.shape[0]):
        length = np.sqrt(normals[i, 0] ** 2 + normals[i, 1] ** 2 + normals[i, 2] ** 2) + 1e-9
        normals[i] /= length
    return normals


@njit(cache=True, fastmath=True)
def rasterise(screen, faces, size, keep):
    """screen [V,3] (pixel x, pixel y, depth: larger is nearer); → triangle index and barycentric weights a pixel."""
    index = np.full((size, size), -1, np.int32)
    depth = np.full((size, size), -1e9, np.float32)
    weight = np.zeros((size, size, 2), np.float32)
    for f in range(faces.shape[0]):
        if not keep[f]:
            continue
        ax, ay, az = screen[faces[f, 0]]
        bx, by, bz = screen[faces[f, 1]]
        cx, cy, cz = screen[faces[f, 2]]
        area = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay)
        if abs(area) < 1e-9:
            continue
        x0, x1 = max(0, int(np.floor(min(ax, bx, cx)))), min(size - 1, int(np.ceil(max(ax, bx, cx))))
        y0, y1 = max(0, int(np.floor(min(ay, by, cy)))), min(size - 1, int(np.ceil(max(ay, by, cy))))
        inverse = 1.0 / area
        for y in range(y0, y1 + 1):
            for x in range(x0, x1 + 1):
                px, py = x + 0.5, y + 0.5
                w1 = ((px - ax) * (cy - ay) - (cx - ax) * (py - ay)) * inverse
                w2 = ((bx - ax) * (py - ay) - (px - ax) * (by - ay)) * inverse
                w0 = 1 - w1 - w2
                if w0 < -1e-4 or w1 < -1e-4 or w2 < -1e-4:
                    continue
                z = w0 * az + w1 * bz + w2 * cz
                if z > depth[y, x]:
                    depth[y, x] = z
                    index[y, x] = f
                    weight[y, x, 0] = w1
                    weight[y, x, 1] = w2
    return index, depth, weight


@njit(cache=True, fastmath=True)
def sample(texture, u, v):
    n = texture.shape[0]
    x = min(max(u * n - 0.5, 0.0), n - 1.001)
    y = min(max((1 - v) * n - 0.5, 0.0), n - 1.001)
    ix, iy = int(x), int(y)
    fx, fy = x - ix, y - iy
    return ((1 - fy) * ((1 - fx) * texture[iy, ix] + fx * texture[iy, ix + 1])
            + fy * ((1 - fx) * texture[iy + 1, ix] + fx * texture[iy + 1, ix + 1]))


@njit(cache=True, fastmath=True)
def gather(index, weight, faces, face_uv, uv, normals, material, height):
    """Per pixel: normal, uv, material (-1 = background) and the bump height of the face's skin."""
    size = index.shape[0]
    normal = np.zeros((size, size, 3), np.float32)
    coordinate = np.zeros((size, size, 2), np.float32)
    kind = np.full((size, size), -1, np.int8)
    bump = np.zeros((size, size), np.float32)
    for y in range(size):
        for x in range(size):
            f = index[y, x]
            if f < 0:
                continue
            w1, w2 = weight[y, x, 0], weight[y, x, 1]
            w0 = 1 - w1 - w2
            a, b, c = faces[f, 0], faces[f, 1], faces[f, 2]
            nx = w0 * normals[a, 0] + w1 * normals[b, 0] + w2 * normals[c, 0]
            ny = w0 * normals[a, 1] + w1 * normals[b, 1] + w2 * normals[c, 1]
            nz = w0 * normals[a, 2] + w1 * normals[b, 2] + w2 * normals[c, 2]
            if nz < 0:
                nx, ny, nz = -nx, -ny, -nz
            normal[y, x, 0], normal[y, x, 1], normal[y, x, 2] = nx, ny, nz
            a, b, c = face_uv[f, 0], face_uv[f, 1], face_uv[f, 2]
            u = w0 * uv[a, 0] + w1 * uv[b, 0] + w2 * uv[c, 0]
            v = w0 * uv[a, 1] + w1 * uv[b, 1] + w2 * uv[c, 1]
            coordinate[y, x, 0], coordinate[y, x, 1] = u, v
            kind[y, x] = material[f]
            if material[f] == 0:
                bump[y, x] = sample(height, u, v)
    return normal, coordinate, kind, bump


@njit(cache=True, fastmath=True)
def shade(normal, coordinate, kind, bump, occlusion, albedo, solid, iris, light, fill, ambient, specular,
          background, pixels_per_cm, bump_strength):
    """Linear-light colour image [size,size,3]. `solid[m]` is the colour of every material but skin and iris."""
    size = kind.shape[0]
    image = np.zeros((size, size, 3), np.float32)
    for y in range(size):
        for x in range(size):
            m = kind[y, x]
            if m < 0:
                image[y, x] = background[y, x]
                continue
            nx, ny, nz = normal[y, x, 0], normal[y, x, 1], normal[y, x, 2]
            colour = solid[m].copy()
            gloss = specular
            if m == 0:
                u, v = coordinate[y, x, 0], coordinate[y, x, 1]
                for k in range(3):
                    colour[k] = sample(albedo[k], u, v)
                if 0 < x < size - 1 and 0 < y < size - 1 and kind[y, x - 1] == 0 and kind[y, x + 1] == 0 \
                        and kind[y - 1, x] == 0 and kind[y + 1, x] == 0:
                    gx = (bump[y, x + 1] - bump[y, x - 1]) * 0.5 * pixels_per_cm * bump_strength
                    gy = -(bump[y + 1, x] - bump[y - 1, x]) * 0.5 * pixels_per_cm * bump_strength
                    nx -= gx * nz
                    ny -= gy * nz
                groove = max(0.0, -bump[y, x]) * bump_strength
                shadow = 1.0 / (1.0 + 14.0 * groove)
                for k in range(3):
                    colour[k] *= shadow
            elif m == 4 or m == 6:
                # The outer shell of the eye, with the iris painted round its front pole.
                u = coordinate[y, x, 0] - (0.4922 if m == 4 else 0.5078)
                v = coordinate[y, x, 1] - 0.5034
                r = np.sqrt(u * u + v * v)
                if r < iris[3]:
                    colour[:] = 0.008
                elif r < iris[4]:
                    for k in range(3):
                        colour[k] = iris[k] * (1.2 if r < iris[4] * 0.88 else 0.45)
                gloss = 0.7
            length = np.sqrt(nx * nx + ny * ny + nz * nz) + 1e-9
            nx /= length
            ny /= length
            nz /= length
            d = nx * light[0] + ny * light[1] + nz * light[2]
            # Light wraps a little round skin.
            key = max(0.0, (d + 0.25) / 1.25)
            second = max(0.0, nx * fill[0] + ny * fill[1] + nz * fill[2])
            o = occlusion[y, x]
            hx, hy, hz = light[0], light[1], light[2] + 1
            hl = np.sqrt(hx * hx + hy * hy + hz * hz)
            shine = max(0.0, (nx * hx + ny * hy + nz * hz) / hl) ** 22 * gloss
            sky = 0.75 + 0.25 * ny
            for k in range(3):
                image[y, x, k] = (colour[k] * (light[3 + k] * key * (0.45 + 0.55 * o) + fill[3 + k] * second
                                               + ambient[k] * sky * o)
                                  + shine * light[3 + k] * 0.25 * o)
    return image


def occlusion_from_depth(depth, pixels_per_cm, strength):
    """Darker where the neighbourhood stands nearer to the camera: creases, sockets, nostrils, the parted lips.

    Worked out at half size: light that is blocked is soft.
    """
    front = np.where(depth < -1e8, depth[depth > -1e8].min(), depth)
    half = front[::2, ::2]
    total = np.zeros_like(half)
    for radius, weight in ((0.25, 0.8), (0.8, 0.6)):
        around = gaussian_filter(half, radius * pixels_per_cm / 2, truncate=2.5)
        total += weight * np.clip(around - half, 0, 2) / radius
    return (1 / (1 + strength * total)).repeat(2, 0).repeat(2, 1)
