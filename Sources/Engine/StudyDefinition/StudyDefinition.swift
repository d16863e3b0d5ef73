// StudyDefinition: see the architecture in README.md.
