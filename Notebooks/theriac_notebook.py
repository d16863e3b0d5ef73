"""Runs Theriac for the notebooks, reads what it wrote, and shows tables and figures.

Nothing here computes a statistic: every number of a notebook is read from what Theriac wrote, or
counted from it in a cell that says so.
"""

import csv
import html
import io
import json
import math
import os
import subprocess
import tempfile
import textwrap
import time
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
from matplotlib import font_manager, pyplot as plt  # noqa: E402
from IPython.display import display  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = os.environ.get("THERIAC", str(ROOT / ".build/release/theriac"))
SCRATCH = tempfile.TemporaryDirectory(prefix="theriac-notebook-")

# Okabe and Ito's colours, told apart by readers with any kind of colour blindness.
BLUE, ORANGE, GREEN, RED, SKY, PURPLE, GREY = (
    "#0072B2", "#E69F00", "#009E73", "#D55E00", "#56B4E9", "#CC79A7", "#5F5F5F")


# Running Theriac

def scratch(name):
    """A path for a file that is gone when the notebook ends."""
    return os.path.join(SCRATCH.name, name)


def theriac(*arguments, allowed=(0,)):
    """Runs a command; its standard output, exit status, and processor seconds over all threads."""
    if not os.path.exists(PROGRAM):
        raise RuntimeError("The program is not built yet: make build.")
    started = time.perf_counter()
    process = subprocess.Popen([PROGRAM, *map(str, arguments)], stdout=subprocess.PIPE, cwd=SCRATCH.name)
    output = process.stdout.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in allowed:
        raise RuntimeError(f"theriac {arguments[0]} ended with {process.returncode}:\n{output}")
    return Run(output, process.returncode, time.perf_counter() - started, usage.ru_utime + usage.ru_stime)


class Run:
    def __init__(self, output, status, seconds, processor_seconds):
        self.output, self.status = output, status
        self.seconds, self.processor_seconds = seconds, processor_seconds


def study(name):
    """A study definition of Datasets/, to run or to build another from."""
    return json.loads((ROOT / "Datasets" / f"{name}.json").read_text())


def compute(definition):
    """Runs a study definition. Status 1, a published value that differs, is a result as well."""
    path = scratch(f"{definition['id']}.json")
    Path(path).write_text(json.dumps(definition))
    run = theriac("run", path, "--output", scratch("results"), allowed=(0, 1))
    return Results(Path(scratch("results")) / definition["id"], run)


class Results:
    """The rows of `ard.csv` and the document `results.json` of one study."""

    def __init__(self, folder, run):
        self.status = run.status
        self.verdict = run.output.strip().splitlines()[-1]
        self.document = json.loads((folder / "results.json").read_text())
        self.published = self.document["published"]
        with open(folder / "ard.csv", newline="") as file:
            self.rows = list(csv.DictReader(file))

    def select(self, **where):
        """The rows whose columns are as given: `select(analysis_id="ae", stat_name="estimate")`."""
        return [row for row in self.rows if all(row[key] == value for key, value in where.items())]

    def number(self, stat_name, **where):
        """One statistic. Unbounded is ±∞; what does not exist is NaN."""
        rows = self.select(stat_name=stat_name, **where)
        if len(rows) != 1:
            raise LookupError(f"{len(rows)} rows for {stat_name} {where}")
        row = rows[0]
        if row["status"] == "unbounded":
            return -math.inf if "−∞" in row["stat_label"] else math.inf
        return float(row["stat"]) if row["stat"] else math.nan

    def interval(self, method, estimate="", **where):
        """The estimate, of the method named by `estimate`, and the limits by `method`."""
        return (self.number("estimate", method=estimate, **where),
                self.number("lower", method=method, **where), self.number("upper", method=method, **where))

    def warnings(self, analysis):
        return next(a for a in self.document["analyses"] if a["id"] == analysis)["warnings"]


# Showing

def fixed(value, digits=2):
    """A number as it is printed; ∞ where there is no bound, a dash where there is no number."""
    if math.isnan(value):
        return "–"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    return f"{value:.{digits}f}".replace("-", "−")


class Table:
    """HTML for readers and aligned text for the check of numbers; `left` are the columns set flush left."""

    def __init__(self, header, rows, caption="", left=(0,)):
        self.header, self.rows = list(header), [[str(cell) for cell in row] for row in rows]
        self.caption, self.left = caption, left

    def __repr__(self):
        lines = [self.header, *self.rows]
        widths = [max(len(line[column]) for line in lines) for column in range(len(self.header))]
        text = ["  ".join(cell.ljust(width) if column in self.left else cell.rjust(width)
                          for column, (cell, width) in enumerate(zip(line, widths))).rstrip() for line in lines]
        text.insert(1, "─" * (sum(widths) + 2 * len(widths) - 2))
        return "\n".join([self.caption, *text] if self.caption else text)

    def _repr_html_(self):
        def line(cells, tag):
            return "<tr>" + "".join(
                f'<{tag} style="text-align:{"left" if column in self.left else "right"}">{html.escape(cell)}</{tag}>'
                for column, cell in enumerate(cells)) + "</tr>"
        caption = f'<caption style="text-align:left">{html.escape(self.caption)}</caption>' if self.caption else ""
        body = "".join(line(row, "td") for row in self.rows)
        return f"<table>{caption}<thead>{line(self.header, 'th')}</thead><tbody>{body}</tbody></table>"


class Text:
    """A sentence whose numbers were computed."""

    def __init__(self, text):
        self.text = " ".join(textwrap.dedent(text).split())

    def __repr__(self):
        return textwrap.fill(self.text, 100)

    def _repr_markdown_(self):
        return self.text


def table(header, rows, caption="", left=(0,)):
    display(Table(header, rows, caption, left))


def say(text):
    display(Text(text))


def figure(picture, caption, mark=""):
    """Shows a figure with its caption; the mark, such as SIMULATED, stands in the picture itself."""
    picture.text(0.995, 0.995, mark, ha="right", va="top", fontsize=8, fontweight="bold", color=RED)
    image = io.BytesIO()
    picture.savefig(image, format="png", dpi=180, metadata={"Software": None})
    width = round(picture.get_figwidth() * 100)
    plt.close(picture)
    display({"image/png": image.getvalue(), "text/plain": f"[{caption.strip('*').split('.')[0]}]"}, raw=True,
            metadata={"image/png": {"width": width}})
    say(caption)


def typography():
    """Sets the hand of all figures: a journal's sans serif, thin lines, no box."""
    installed = {font.name for font in font_manager.fontManager.ttflist}
    family = next(name for name in ("Liberation Sans", "Arial", "Helvetica", "DejaVu Sans") if name in installed)
    plt.rcParams.update({
        "font.family": family, "font.size": 8.5, "axes.titlesize": 9, "axes.titleweight": "bold",
        "axes.titlelocation": "left", "axes.labelsize": 8.5, "axes.linewidth": 0.7, "axes.spines.top": False,
        "axes.spines.right": False, "xtick.labelsize": 8, "ytick.labelsize": 8, "xtick.major.width": 0.7,
        "ytick.major.width": 0.7, "legend.frameon": False, "legend.fontsize": 8, "figure.constrained_layout.use": True,
        "lines.linewidth": 1.3, "axes.unicode_minus": True, "mathtext.default": "regular"})


def forest(axis, position, estimate, lower, upper, color=BLUE, marker="s", size=5):
    """One interval of a forest plot; an arrow where it goes on beyond the axis."""
    left, right = axis.get_xlim()
    if math.isnan(lower) and math.isnan(upper):
        return
    start, end = max(lower, left), min(upper, right)
    axis.plot([start, end], [position, position], color=color, solid_capstyle="butt", zorder=2)
    for beyond, edge, arrow in ((lower < left, left, "<"), (upper > right, right, ">")):
        if beyond:
            axis.plot(edge, position, arrow, color=color, markersize=5, clip_on=False, zorder=3)
    if left <= estimate <= right:
        axis.plot(estimate, position, marker, color=color, markersize=size, markeredgewidth=0, clip_on=False, zorder=4)


typography()
