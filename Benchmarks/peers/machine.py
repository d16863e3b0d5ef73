"""The machine and the versions of what runs on it, each as far as it can be told."""
import glob
import os
import platform
import re
import subprocess


def output(*command):
    try:
        found = subprocess.run(command, capture_output=True, text=True, timeout=60,
                               stdin=subprocess.DEVNULL)
        return found.stdout.strip() if found.returncode == 0 else ""
    except (OSError, subprocess.TimeoutExpired):
        return ""


def first(pattern, text):
    found = re.search(pattern, text, re.MULTILINE)
    return found.group(1).strip() if found else ""


def file_text(path):
    try:
        with open(path) as file:
            return file.read()
    except OSError:
        return ""


def machine():
    cpu = file_text("/proc/cpuinfo")
    model = first(r"^model name\s*:\s*(.*)", cpu) or first(r"Model name:\s*(.*)", output("lscpu"))
    clock = first(r"^cpu MHz\s*:\s*(\d+)", cpu)
    parts = [model or platform.machine(), f"{os.cpu_count()} cores"]
    if clock:
        parts.append(f"{int(clock) / 1000:.2f} GHz told")
    if re.search(r"^flags.*\bhypervisor\b", cpu, re.MULTILINE):
        parts.append("virtual machine")
    memory = first(r"^MemTotal:\s*(\d+)", file_text("/proc/meminfo"))
    if memory:
        parts.append(f"{int(memory) / 2**20:.0f} GiB of memory")
    return ", ".join(parts)


def debian(package):
    return re.sub(r"[+-].*", "", output("dpkg-query", "-W", "-f", "${Version}", package))


def versions(peers):
    """Pairs of a name and its version, of those that are there."""
    python = os.path.join(peers, "python/bin/python")
    found = [("Theriac", output("git", "describe", "--always", "--dirty")),
             ("system", first(r'^PRETTY_NAME="(.*)"', file_text("/etc/os-release"))),
             ("Swift", first(r"Swift version (\S+)", output("swift", "--version"))),
             ("GCC", output("gcc", "-dumpfullversion")),
             ("cminpack", first(r"cminpack-(.*)", "".join(
                 glob.glob(os.path.join(peers, "source/cminpack-*[0-9]"))))
              or debian("libcminpack-dev")),
             ("GSL", output("gsl-config", "--version")), ("Ceres", debian("libceres-dev")),
             ("Python", first(r"Python (.*)", output(python, "--version")))]
    for package in ("numpy", "scipy", "statsmodels", "pymare"):
        code = f"import importlib.metadata as m; print(m.version('{package}'))"
        found.append((package, output(python, "-c", code)))
    found.append(("R", first(r"R version (\S+)", output("R", "--version"))))
    for package in ("minpack.lm", "metafor", "drc"):
        code = f"cat(format(packageVersion('{package}')))"
        found.append((package, output("Rscript", "-e", code)))
    return [(name, version) for name, version in found if version]
