"""The pages that are checked: every example study, the index, the self-test, and a very long study."""
import json
import random
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TERMS = 2000
ARMS = {"placebo": 640, "low": 655, "middle": 648, "high": 652}


def long_study():
    """2,000 terms in systems, and three comparisons of all of them."""
    source = random.Random(20260301)
    events = []
    for number in range(TERMS):
        risk = 0.25 * source.random() ** 6
        events.append({
            "term": f"Preferred term {number + 1:04}",
            "system": f"System organ class {number % 26 + 1:02}",
            "counts": {arm: sum(source.random() < risk * source.uniform(0.8, 1.3)
                                for _ in range(size)) for arm, size in ARMS.items()}})
    comparisons = [{
        "id": f"{arm}-v-placebo", "kind": "comparison", "title": f"Dose {arm} against placebo",
        "treatment": f"long/{arm}", "reference": "long/placebo",
        "methods": {"risk-difference": ["miettinen-nurminen"], "risk-ratio": ["koopman"]},
        "tests": ["fisher-central"], "multiplicity": ["benjamini-hochberg"],
    } for arm in ("low", "middle", "high")]
    return {
        "theriac": 1, "id": "long", "title": "A study of 2,000 terms and three comparisons",
        "trials": [{
            "id": "long", "arms": [
                {"id": arm, "label": arm.capitalize(), "subjects": size}
                for arm, size in ARMS.items()],
            "events": events}],
        "analyses": comparisons,
    }


def examples():
    for path in sorted((ROOT / "Datasets").rglob("*.json")):
        if "theriac" in json.loads(path.read_text(encoding="utf-8")):
            yield str(path)


def make_pages(program, folder):
    """Runs the studies into `folder`; gives the pages, the long report first."""
    study = Path(folder, "long.json")
    study.write_text(json.dumps(long_study()))
    results = Path(folder, "results")
    done = subprocess.run(
        [program, "run", str(study), *examples(), "--output", str(results), "--quiet"])
    if done.returncode not in (0, 1):
        raise SystemExit(f"theriac run ended with {done.returncode}")
    subprocess.run(
        [program, "selftest", "--output", str(Path(folder, "selftest"))],
        stdout=subprocess.DEVNULL, check=True)
    pages = sorted(results.glob("*/report.html"))
    pages.sort(key=lambda page: page.parent.name != "long")
    return pages + [results / "index.html", Path(folder, "selftest", "qualification.html")]
