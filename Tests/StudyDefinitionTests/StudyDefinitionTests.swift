// StudyDefinition
