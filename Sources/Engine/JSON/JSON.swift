// JSON: see the architecture in README.md.
