"""The least residual sum of squares of each curve, by a dense search of its own: `curve,sum`.

For every slope and location of a grid the plateaus are found in closed form, for all curves at once;
the lowest places are then searched on finer and finer grids. Curves without end count with their
limits: a step, with the response at the dose where it stands anywhere between the plateaus.

usage: dose_response_best.py CURVES SUMS
"""
import csv
import sys

import numpy as np

path, sums = sys.argv[1:]
curves = {}
with open(path) as file:
    for name, dose, response in list(csv.reader(file))[1:]:
        curves.setdefault(name, []).append((float(dose), float(response)))
curves = {name: np.array(sorted(points)).T for name, points in curves.items()}


def shapes(x, slopes, locations):
    """The share at each dose of the plateau farther from most doses, a row each slope and location.

    Over its largest value: it may be tiny everywhere.
    """
    z = slopes[:, None] * (x - locations[:, None])
    z = np.where(locations[:, None] > x[len(x) // 2], z, -z)
    share = np.where(z < 0, np.exp(-np.abs(z)), 1) / (1 + np.exp(-np.abs(z)))
    return share / np.maximum(share.max(axis=1, keepdims=True), 1e-300)


def left(q, y):
    """The sum of squares with the best plateaus, a row each shape and a column each curve."""
    q = q - q.mean(axis=1, keepdims=True)
    y = y - y.mean(axis=1, keepdims=True)
    norm = np.einsum("ij,ij->i", q, q)
    usable = norm > 1e-24
    product = (q[usable] / np.sqrt(norm[usable])[:, None]) @ y.T
    result = np.broadcast_to(np.einsum("ij,ij->i", y, y), (len(q), len(y))).copy()
    result[usable] -= product**2
    return result


def refined(x, y, slope, location, steps):
    """The least sum near a place: grids of 15 by 15 around the best so far, each narrower by half."""
    best, place = np.inf, np.array([slope, location])
    for _ in range(44):
        offsets = np.linspace(-1, 1, 15)
        a, b = np.meshgrid(place[0] + steps[0] * offsets, place[1] + steps[1] * offsets)
        found = left(shapes(x, np.exp(a.ravel()), b.ravel()), y[None])[:, 0]
        k = found.argmin()
        moved = max(abs(a.ravel()[k] - place[0]) / steps[0], abs(b.ravel()[k] - place[1]) / steps[1])
        if found[k] < best:
            best, place = found[k], np.array([a.ravel()[k], b.ravel()[k]])
        # Stays as wide as it is while the best is at the edge.
        if moved < 0.9:
            steps = steps / 2
    return best


def steps_left(y):
    """The least sum of a step, where one dose may be between the plateaus."""
    best = np.inf
    for k in range(1, len(y)):
        for middle in (0, 1):
            one, other, rest = y[:k], y[k + middle:], y[k:k + middle]
            if not len(other):
                continue
            a, b = one.mean(), other.mean()
            total = ((one - a) ** 2).sum() + ((other - b) ** 2).sum()
            # A response beyond a plateau belongs to it: another step.
            if all(min(a, b) <= r <= max(a, b) for r in rest):
                best = min(best, total)
    return best


results = {}
designs = {}
for name, (dose, y) in curves.items():
    designs.setdefault(tuple(dose), []).append((name, y))
for dose, members in designs.items():
    with np.errstate(divide="ignore"):
        x = np.log(np.array(dose))
    seen = x[np.isfinite(x)]
    slopes = np.linspace(np.log(0.005), np.log(300), 120)
    locations = np.concatenate([
        np.linspace(seen.min() - 15, seen.min() - 1, 40, endpoint=False),
        np.linspace(seen.min() - 1, seen.max() + 1, 400, endpoint=False),
        np.linspace(seen.max() + 1, seen.max() + 40, 80)])
    a, b = (m.ravel() for m in np.meshgrid(slopes, locations, indexing="ij"))
    responses = np.array([y for _, y in members])
    grid = left(shapes(x, np.exp(a), b), responses)
    for j, (name, y) in enumerate(members):
        table = np.pad(grid[:, j].reshape(len(slopes), len(locations)), 1, constant_values=np.inf)
        around = np.min([np.roll(table, (i, k), (0, 1)) for i in (-1, 0, 1) for k in (-1, 0, 1)
                         if i or k], axis=0)
        lows = np.flatnonzero((table <= around)[1:-1, 1:-1].ravel())
        lows = lows[np.argsort(grid[lows, j])][:12]
        widths = np.array([slopes[1] - slopes[0], (seen.max() - seen.min() + 2) / 400])
        # Distinct replicates of a dose have no step between them.
        step = steps_left(y) if len(set(dose)) == len(dose) else np.inf
        results[name] = min([step] + [refined(x, y, a[k], b[k], widths) for k in lows])
with open(sums, "w") as file:
    file.writelines(f"{name},{float(results[name])!r}\n" for name in curves)
