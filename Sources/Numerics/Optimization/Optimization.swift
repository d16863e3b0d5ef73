// Optimization: see the architecture in README.md.
