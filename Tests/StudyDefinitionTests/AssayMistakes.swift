/// An assay of `keys`, with an analysis that names it.
private func assay(_ pointer: String, _ fragment: String, _ keys: String) -> Mistake {
  Mistake(
    "/assays/0" + pointer, fragment,
    StudyText(
      kind: "dose-response", analysis: #""assay": "m", "models": ["logistic-4"]"#,
      more: ", \"assays\": [{\(keys)}]"))
}

private let quantities =
  #""response": {"name": "R", "unit": ""}, "dose": {"name": "D", "unit": "µM"}"#
private let sample = #"{"dose": 1, "response": 2}"#

/// A well beside a good one.
private func well(_ pointer: String, _ fragment: String, _ well: String) -> Mistake {
  assay(
    "/wells/1" + pointer, fragment, #""id": "m", \#(quantities), "wells": [\#(sample), \#(well)]"#)
}

/// Further keys of a good assay.
private func more(
  _ pointer: String, _ fragment: String, wells: String = sample, _ keys: String
) -> Mistake {
  assay(pointer, fragment, #""id": "m", \#(quantities), "wells": [\#(wells)], \#(keys)"#)
}

let ofAssays: [Mistake] = [
  assay("", #"no key "id""#, #"\#(quantities), "wells": [\#(sample)]"#),
  assay("/id", "an id", #""id": "m m", \#(quantities), "wells": [\#(sample)]"#),
  assay(
    "", #"no key "dose""#,
    #""id": "m", "response": {"name": "R", "unit": ""}, "wells": [\#(sample)]"#),
  assay(
    "/response", #"no key "unit""#,
    #""id": "m", "response": {"name": "R"}, "dose": {"name": "D", "unit": ""}, "wells": [\#(sample)]"#
  ),
  assay(
    "/dose/name", "not empty",
    #""id": "m", "response": {"name": "R", "unit": ""}, "dose": {"name": "", "unit": ""}, "wells": [\#(sample)]"#
  ),
  assay("", #"found neither; expected either "wells" or "data""#, #""id": "m", \#(quantities)"#),
  assay(
    "", "found both",
    #""id": "m", \#(quantities), "wells": [\#(sample)], "data": {"path": "d.csv"}"#),
  assay("/wells", "at least one element", #""id": "m", \#(quantities), "wells": []"#),
  assay("/wells", "an array", #""id": "m", \#(quantities), "wells": {}"#),
  assay(
    "/wells", "no well of a sample",
    #""id": "m", \#(quantities), "wells": [{"role": "vehicle", "response": 2}]"#
  ).ofMeaning,
  more("/titel", #"did you mean "title""#, #""titel": "T""#),
  more("/simulated", "true or false", #""simulated": "yes""#),
  more("/source", "the id of a source", #""source": "lab""#).ofMeaning,
  more(
    "/normalization", #"did you mean "percent-of-control""#,
    #""normalization": "percent of control""#),
  more(
    "/normalization", "without a well of the vehicle", #""normalization": "percent-of-control""#
  ).ofMeaning,
  more(
    "/normalization", "without a positive control", wells: #"{"dose": 0, "response": 2}"#,
    #""normalization": "percent-of-range""#
  ).ofMeaning,
  more("/quality/minimumZPrime", "at most 1", #""quality": {"minimumZPrime": 1.5}"#),
  more("/quality/maximumControlCV", "above 0", #""quality": {"maximumControlCV": 0}"#),
  more(
    "/quality/minimumZprime", #"did you mean "minimumZPrime""#,
    #""quality": {"minimumZprime": 0.4}"#),
  more("/quality/positive", #"no key "maximum""#, #""quality": {"positive": {"minimum": 1}}"#),
  more(
    "/quality/positive", "a minimum below the maximum",
    #""quality": {"positive": {"minimum": 1, "maximum": 1}}"#
  ).ofMeaning,
  more(
    "/quality/positive", "of which there are none",
    #""quality": {"positive": {"minimum": 1, "maximum": 2, "percent": false}}"#
  ).ofMeaning,
  well("", "an object", "7"),
  well("", #"no key "response""#, #"{"dose": 1}"#),
  well("", #"no key "dose"; expected the dose of a sample"#, #"{"response": 1}"#),
  well("", #"no key "dose""#, #"{"response": 1, "role": "sample"}"#),
  well("/response", "from -1e100 to 1e100", #"{"dose": 1, "response": 1e101}"#),
  well("/dose", "found null", #"{"dose": null, "response": 1}"#),
  well("/role", #"did you mean "vehicle""#, #"{"dose": 1, "response": 1, "role": "vehicel"}"#),
  well("/row", #""A" to "AF""#, #"{"dose": 1, "response": 1, "row": "AG", "column": 1}"#),
  well("/row", #"found "a""#, #"{"dose": 1, "response": 1, "row": "a", "column": 1}"#),
  well("/row", "from 1 to 1000", #"{"dose": 1, "response": 1, "row": 0, "column": 1}"#),
  well("/column", "from 1 to 1000", #"{"dose": 1, "response": 1, "row": 1, "column": 0}"#),
  well("", "a row without its column", #"{"dose": 1, "response": 1, "row": 1}"#),
  well("", "a column without its row", #"{"dose": 1, "response": 1, "column": 1}"#),
  well("/weight", "from 0", #"{"dose": 1, "response": 1, "weight": -1}"#),
  well("/total", "from 1", #"{"dose": 1, "response": 1, "total": 0}"#),
  well("/compound", "not empty", #"{"dose": 1, "response": 1, "compound": ""}"#),
  well("/compund", #"did you mean "compound""#, #"{"dose": 1, "response": 1, "compund": "A"}"#),
  assay(
    "/wells/1/column", #"row 1, column 2 of the plate "1" again"#,
    #""id": "m", \#(quantities), "wells": [{"dose": 1, "response": 2, "row": "A", "column": 2}, {"dose": 1, "response": 2, "row": 1, "column": 2, "plate": "1"}]"#
  ).ofMeaning,
  Mistake(
    "/assays/1", #"the assay id "m" again"#,
    StudyText(more: ", \"assays\": [\(smallAssay), \(smallAssay)]")
  ).ofMeaning,
]

/// An assay whose data are in a file `d.csv` of this text.
private func file(
  _ pointer: String, _ fragment: String, _ text: String, columns: String = "",
  data: String = #""path": "d.csv""#, more: String = ""
) -> Mistake {
  form(pointer, fragment, text, columns: columns, data: data, more: more).ofMeaning
}

/// One that a schema can tell.
private func form(
  _ pointer: String, _ fragment: String, _ text: String, columns: String = "",
  data: String = #""path": "d.csv""#, more: String = ""
) -> Mistake {
  Mistake(
    pointer, fragment,
    StudyText(
      kind: "dose-response", analysis: #""assay": "m", "models": ["logistic-4"]"#,
      more: #", "assays": [{"id": "m", \#(quantities), "data": {\#(data)\#(columns)}}]\#(more)"#,
      files: ["d.csv": text, "d.npy": "", "e.txt": text]))
}

private let path = "/assays/0/data/path"
private let good = "dose,response\n1,2\n"

let ofDataFiles: [Mistake] = [
  file(
    path, #"found "f.csv", which cannot be read: no such file"#, good, data: #""path": "f.csv""#),
  form(path, "the path of a csv file", good, data: #""path": "d.npy""#),
  form(path, "the path of a csv file", good, data: #""path": "d""#),
  form(
    "/assays/0/data", #"found neither; expected either "path" or "dataset""#, good,
    data: #""columns": {}"#),
  form(
    "/assays/0/data", "found both", good, data: #""path": "d.csv", "dataset": "x""#,
    more: #", "datasets": {"x": {"path": "d.csv"}}"#),
  file(
    "/assays/0/data/dataset", #"did you mean "plates""#, good, data: #""dataset": "plate""#,
    more: #", "datasets": {"plates": {"path": "d.csv"}}"#),
  file(
    "/assays/0/data/dataset", "a file in the format npy; expected a csv file", good,
    data: #""dataset": "x""#, more: #", "datasets": {"x": {"path": "d.npy"}}"#),
  file(
    "/datasets/x/path", "which cannot be read", good, data: #""dataset": "x""#,
    more: #", "datasets": {"x": {"path": "f.csv"}}"#),
  file(
    "/datasets/x/path", #""one" in "e.txt", line 2, column "dose"; expected a number"#,
    "dose,response\none,2\n", data: #""dataset": "x""#,
    more: #", "datasets": {"x": {"path": "e.txt", "format": "csv"}}"#),
  file(path, #""d.csv", line 3: 3 fields where the header has 2"#, "dose,response\n1,2\n1,2,3\n"),
  file(path, #""d.csv", line 1: no header"#, ""),
  file(
    path,
    #""d.csv" without the column "response"; expected that column, or its header under "columns"; did you mean "respons""#,
    "dose,respons\n1,2\n"),
  file(path, #""d.csv" without a response"#, "dose,response\n1,\n"),
  file(
    path, #"found "x" in "d.csv", line 2, column "response"; expected a number"#,
    "dose,response\n1,x\n"),
  file(
    path, #"found "1e101" in "d.csv", line 2, column "dose"; expected a number from -1e100"#,
    "dose,response\n1e101,2\n"),
  file(
    path, #"found nothing in "d.csv", line 3, column "dose"; expected the dose of a sample"#,
    "dose,response\n1,2\n,2\n"),
  file(
    path, #"found "vehicel" in "d.csv", line 2, column "role""#,
    "dose,response,role\n1,2,vehicel\n1,2,\n"),
  file(path, #"did you mean "vehicle""#, "dose,response,role\n1,2,vehicel\n1,2,\n"),
  file(
    path, #"found "AG" in "d.csv", line 2, column "row""#, "dose,response,row,column\n1,2,AG,1\n"),
  file(
    path, #"found "0" in "d.csv", line 2, column "column"; expected an integer from 1"#,
    "dose,response,row,column\n1,2,1,0\n"),
  file(
    path, #"found a row without its column in "d.csv", line 2"#,
    "dose,response,row,column\n1,2,1,\n"),
  file(
    path, #"found row 1, column 1 of the plate "1" again in "d.csv", line 3"#,
    "dose,response,row,column\n1,2,1,1\n3,2,A,1\n"),
  file(
    path, #"found "-1" in "d.csv", line 2, column "weight"; expected a number from 0"#,
    "dose,response,weight\n1,2,-1\n"),
  file(
    path, #"found "1.5" in "d.csv", line 2, column "total"; expected an integer"#,
    "dose,response,total\n1,2,1.5\n"),
  file(
    "/assays/0/data/columns/dose", #"did you mean "conc""#, "conc,response\n1,2\n",
    columns: #", "columns": {"dose": "con"}"#),
  form(
    "/assays/0/data/columns/does", #"did you mean "dose""#, "x,dose,response\n1,1,2\n",
    columns: #", "columns": {"does": "x"}"#),
  file(
    "/assays/0/data/columns/response", #""x" again"#, "x,y\n1,2\n",
    columns: #", "columns": {"dose": "x", "response": "x"}"#),
  file(
    path, #"without the column "response""#, "response,x\n1,2\n",
    columns: #", "columns": {"dose": "response"}"#),
  form("/assays/0/data/columns/dose", "found 7", good, columns: #", "columns": {"dose": 7}"#),
  form(
    "/assays/0/data/pth", #"did you mean "path""#, good, data: #""pth": "d.csv", "dataset": "x""#,
    more: #", "datasets": {"x": {"path": "d.csv"}}"#),
  Mistake(
    "/analyses/0/points/dataset", "of which there is none",
    StudyText(kind: "dose-response", analysis: #""points": {"dataset": "x"}, "models": ["linear"]"#)
  ).ofMeaning,
  Mistake(
    "/analyses/0/points", "an object with",
    StudyText(kind: "dose-response", analysis: #""points": "d.csv", "models": ["linear"]"#)),
]
