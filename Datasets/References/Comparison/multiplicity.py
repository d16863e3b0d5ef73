"""Writes multiplicity.csv: adjusted p-values of whole families, space-separated.

bonferroni, holm, benjamini-hochberg and benjamini-yekutieli are statsmodels' multipletests. The
double false discovery rates are composed of it as Mehrotra and Heyse (2004) and Mehrotra and
Adewale (2012) say; columns system_p_values and flags are theirs, at alpha 0.05.
"""

import os
import platform
import random

import statsmodels
from statsmodels.stats.multitest import multipletests

NAMES = {"bonferroni": "bonferroni", "holm": "holm", "benjamini-hochberg": "fdr_bh",
         "benjamini-yekutieli": "fdr_by"}
ALPHA = 0.05


def adjusted(p_values, method="fdr_bh"):
    return [float(p) for p in multipletests(p_values, method=method)[1]]


def over_systems(values, systems):
    names = sorted(set(systems))
    smallest = [min(v for v, s in zip(values, systems) if s == name) for name in names]
    return dict(zip(names, adjusted(smallest)))


def within_systems(p_values, systems):
    found = list(p_values)
    for name in set(systems):
        places = [i for i, s in enumerate(systems) if s == name]
        for i, p in zip(places, adjusted([p_values[i] for i in places])):
            found[i] = p
    return found


def double_fdr(p_values, systems):
    system = over_systems(p_values, systems)
    within = within_systems(p_values, systems)
    flags = [system[s] <= ALPHA / 2 and p <= ALPHA for p, s in zip(within, systems)]
    return [max(p, min(1, 2 * system[s])) for p, s in zip(within, systems)], system, flags


def new_double_fdr(p_values, systems):
    system = over_systems(within_systems(p_values, systems), systems)
    kept = [i for i, s in enumerate(systems) if system[s] <= ALPHA]
    found = [1.0] * len(p_values)
    if kept:
        for i, p in zip(kept, adjusted([p_values[i] for i in kept])):
            found[i] = p
    return found, system, [p <= ALPHA for p in found]


def families():
    source = random.Random(20120831)
    # Benjamini and Hochberg (1995), section 4.1.
    yield [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262,
           0.5719, 0.6528, 0.7590, 1.0], [0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 5, 6]
    yield [0.04], [0]
    yield [0.01, 0.01, 0.01, 1.0, 1.0], [0, 0, 1, 1, 2]
    for size in (2, 5, 12, 40, 150):
        for power in (1, 3, 8):
            p_values = [round(source.random() ** power, source.choice([2, 5, 17])) or 1e-12
                        for _ in range(size)]
            yield p_values, [source.randrange(max(1, size // 4)) for _ in range(size)]


def shown(values):
    return " ".join(map(repr, values))


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    with open(os.path.join(here, "multiplicity.csv"), "w") as file:
        file.write(f"# multiplicity.py, Python {platform.python_version()}, "
                   f"statsmodels {statsmodels.__version__}\n"
                   "method,p_values,systems,adjusted,system_p_values,flags\n")
        for p_values, systems in families():
            start = f"{shown(p_values)},{shown(systems)}"
            for name, method in NAMES.items():
                file.write(f"{name},{start},{shown(adjusted(p_values, method))},,\n")
            for name, method in (("double-fdr", double_fdr), ("new-double-fdr", new_double_fdr)):
                found, system, flags = method(p_values, systems)
                file.write(f"{name},{start},{shown(found)},{shown(system[s] for s in systems)},"
                           f"{shown(map(int, flags))}\n")


if __name__ == "__main__":
    main()
