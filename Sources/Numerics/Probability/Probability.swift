// Probability: see the architecture in README.md.
