/// What `theriac init` writes: a study that runs, and explains itself as it goes.
let startingStudy = """
  {
    "theriac": 1,
    "id": "my-first-study",
    "title": "Adverse events in a small trial (invented numbers)",
    "description": "Replace the numbers by your own. 'trials' says what was observed: arms with their numbers of subjects, events with the subjects who had them. 'analyses' says what to compute. 'published' lists printed numbers to check the results against. `theriac schema` describes every key, `theriac methods` every method.",
    "sources": [
      {"id": "paper", "citation": "Cite the publication that the numbers were taken from"}
    ],
    "defaults": {"level": 0.95},
    "trials": [
      {
        "id": "trial-1",
        "title": "Trial 1",
        "source": "paper",
        "arms": [
          {"id": "drug", "label": "Drug", "subjects": 120, "personYears": 54.2},
          {"id": "placebo", "label": "Placebo", "subjects": 60, "personYears": 27.9}
        ],
        "events": [
          {"term": "Headache", "system": "Nervous system disorders", "counts": {"drug": 14, "placebo": 9}},
          {"term": "Nausea", "system": "Gastrointestinal disorders", "counts": {"drug": 11, "placebo": 2}},
          {"term": "Deep vein thrombosis", "system": "Vascular disorders", "serious": true, "counts": {"drug": 1, "placebo": 0}}
        ]
      }
    ],
    "analyses": [
      {
        "id": "risks", "kind": "incidence", "title": "Subjects with adverse events",
        "trial": "trial-1", "measure": "risk", "methods": ["wilson", "clopper-pearson"]
      },
      {
        "id": "rates", "kind": "incidence", "title": "Adverse events over time at risk",
        "trial": "trial-1", "measure": "rate", "per": 100, "methods": ["exact"]
      },
      {
        "id": "comparison", "kind": "comparison", "title": "Drug against placebo",
        "treatment": "trial-1/drug", "reference": "trial-1/placebo",
        "methods": {"risk-difference": ["miettinen-nurminen"]}, "tests": ["n-1-chi-square"]
      }
    ],
    "published": [
      {"analysis": "risks", "where": {"arm": "drug", "term": "Headache"}, "statistic": "percent", "value": "11.7", "source": "paper"}
    ]
  }

  """
