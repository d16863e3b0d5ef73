"""Runs the notebooks in fresh kernels and holds the numbers they print to those that stand in them.

    execute.py           runs them whole and writes their outputs; tells which numbers changed
    execute.py --check   runs them with the curves of THERIAC_CURVES and writes nothing

Either way the exit status is 1 when a notebook fails or a number that stands in one does not come
out. Numbers agree within one unit of their last printed digit, since sums differ in the last bits
between processors. Two tags of cells allow for more: what `timing` prints is never compared; what
`sample` prints depends on how many curves are simulated, and is compared where they are as many.
"""

import os
import re
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from traitlets.config import Config

FOLDER = Path(__file__).resolve().parent
NUMBER = re.compile(r"(?<![\w.])[−-]?\d+(?:,\d{3})*(?:\.\d+)?")


def text(output):
    return output.get("text", "") or str(output.get("data", {}).get("text/plain", ""))


def printed(cell):
    """What the cell's outputs say, as text."""
    return " ".join(map(text, cell.get("outputs", [])))


def value(number):
    plain = number.replace("−", "-").replace(",", "")
    return float(plain), 10.0 ** -len(plain.partition(".")[2])


def agree(old, new):
    """Whether two texts have the same words, and numbers within one unit of their last digit."""
    def words(text):
        return re.sub(r"[\s─]+", " ", NUMBER.sub("#", text)).strip()
    if words(old) != words(new):
        return False
    pairs = zip(map(value, NUMBER.findall(old)), map(value, NUMBER.findall(new)))
    return all(abs(a - b) <= 1.001 * max(unit, other) for (a, unit), (b, other) in pairs)


def first_difference(old, new):
    for before, after in zip(old.splitlines() or [""], new.splitlines() or [""]):
        if not agree(before, after):
            return f"  stands: {before.strip()}\n  comes:  {after.strip()}"
    return "  one has more lines than the other"


def run(path, sockets):
    """The notebook with the outputs of a fresh kernel, which is talked to through files, not ports."""
    notebook = nbformat.read(path, as_version=4)
    config = Config({"KernelManager": {"transport": "ipc", "ip": f"{sockets}/{path.stem}"}})
    NotebookClient(notebook, timeout=1800, kernel_name="python3", record_timing=False, config=config,
                   resources={"metadata": {"path": FOLDER}}).execute()
    notebook.metadata = {
        "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
        "language_info": {"name": "python"}}
    for number, cell in enumerate(notebook.cells, start=1):
        cell["id"] = f"cell-{number}"
        for output in cell.get("outputs", []):
            if output.get("name") == "stderr":
                raise RuntimeError(f"cell {number} warns: {output['text']}")
    return notebook


def compare(path, standing, computed, checking):
    """Tells each cell that does not agree; keeps the text of those that do, so that no file changes idly."""
    fewer = checking and "THERIAC_CURVES" in os.environ
    differences = 0
    for number, (old, new) in enumerate(zip(standing.cells, computed.cells), start=1):
        tags = new.metadata.get("tags", [])
        if new.cell_type != "code" or (fewer and "sample" in tags):
            continue
        before, after = printed(old), printed(new)
        if "timing" in tags and before or agree(before, after):
            keep_text(old, new)
        else:
            differences += 1
            print(f"{path.name}, cell {number}:\n{first_difference(before, after)}")
    return differences


def keep_text(old, new):
    if len(old.outputs) == len(new.outputs):
        new.outputs = [
            before if text(before) != text(after) else after for before, after in zip(old.outputs, new.outputs)]


def plain(error):
    """What the cell raised, without its traceback and colours."""
    return f"{error.ename}: {error.evalue}" if isinstance(error, CellExecutionError) else str(error)


def main():
    checking = "--check" in sys.argv[1:]
    os.environ["JUPYTER_PREFER_ENV_PATH"] = "1"
    paths = sorted(FOLDER.glob("*.ipynb"))
    failures = 0
    with tempfile.TemporaryDirectory() as sockets, ThreadPoolExecutor(2) as pool:
        for path, future in [(path, pool.submit(run, path, sockets)) for path in paths]:
            try:
                computed = future.result()
            except (CellExecutionError, RuntimeError) as error:
                print(f"{path.name}: {plain(error)}")
                failures += 1
                continue
            differences = compare(path, nbformat.read(path, as_version=4), computed, checking)
            failures += differences > 0
            if not checking:
                nbformat.write(computed, path)
            print(f"{path.name}: {f'cells that differ: {differences}' if differences else 'its numbers come out'}")
    print(f"Notebooks: {len(paths) - failures} passed, {failures} failed")
    return failures > 0


if __name__ == "__main__":
    sys.exit(main())
