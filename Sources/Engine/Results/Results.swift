// Results: see the architecture in README.md.
