// Incidence: see the architecture in README.md.
