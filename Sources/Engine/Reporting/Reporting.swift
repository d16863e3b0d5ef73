// Reporting: see the architecture in README.md.
