"""What a run of the batch benchmark has written: lines `label, tab, numbers`, and sums of squares."""
import array
import collections
import os
import statistics


class Run:
    def __init__(self, folder):
        self.folder = folder

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def lines(self, name):
        """Pairs of a label and numbers, None where a field is empty."""
        if not os.path.exists(self.path(name)):
            return []
        with open(self.path(name)) as file:
            pairs = [line.rstrip("\n").split("\t") for line in file]
        return [(label, [float(f) if f else None for f in numbers.split(",")])
                for label, numbers in pairs]

    def rates(self, name, column=2):
        """By label and number of points: curves a second, the median of the rounds.

        Of the processor's seconds (column 2) or of the clock's (column 3).
        """
        found = collections.defaultdict(list)
        for label, numbers in self.lines(name):
            found[label].append(numbers[0] / numbers[column])
        return {label: statistics.median(rates) for label, rates in found.items()}

    def counts(self, name):
        return {label: int(numbers[0]) for label, numbers in self.lines(name)}

    def points(self, name):
        return {label: int(numbers[1]) for label, numbers in self.lines(name)}

    def iterations(self, name):
        """By label, iterations a curve, of the programs that tell."""
        return {label: numbers[4] for label, numbers in self.lines(name)
                if len(numbers) > 4 and numbers[4] is not None}

    def limits(self):
        """1e9 operations a second of each kind of instructions, and bytes copied."""
        return {numbers.split(",")[0]: float(numbers.split(",")[1])
                for numbers in self._texts("limits.csv")}

    def _texts(self, name):
        if not os.path.exists(self.path(name)):
            return []
        with open(self.path(name)) as file:
            return [line.rstrip("\n").split("\t")[1] for line in file]


def read_npy(path):
    """A vector of doubles, or nothing where there is no file."""
    if not os.path.exists(path):
        return None
    values = array.array("d")
    with open(path, "rb") as file:
        start = file.read(10)
        file.seek(10 + start[8] + 256 * start[9])
        values.frombytes(file.read())
    return values


def table(head, rows):
    """A table in Markdown."""
    lines = ["| " + " | ".join(head) + " |", "|---" * len(head) + "|"]
    lines += ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def rounded(number):
    """Three digits, with thousands apart."""
    if number is None:
        return ""
    if number >= 1000:
        return f"{float(f'{number:.3g}'):,.0f}"
    return f"{number:.3g}"
