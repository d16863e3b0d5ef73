import Foundation
import TestSupport
import Testing

/// The lines that `command` prints in `folder`, errors among them, where `theriac` is the program.
private func printed(_ command: String, in folder: URL) throws -> [String] {
  let path = "\(programURL.deletingLastPathComponent().path):/usr/bin:/bin"
  let run = try StartedProgram(
    ["-c", "{ \(command)\n} 2>&1"], of: URL(filePath: "/bin/sh"), in: folder,
    environment: ["PATH": path, "LC_ALL": "C.UTF-8"]
  ).end()
  var lines = run.output.components(separatedBy: "\n")
  if lines.last == "" { lines.removeLast() }
  return lines
}

@Suite struct GuideTests {
  /// Every study of the guide runs, and every command prints what the page shows.
  @Test(arguments: try GuidePage.all)
  func theExamplesOfThePageAreTrue(page: GuidePage) throws {
    try withTemporaryFolder { folder in
      for step in page.steps {
        switch step {
        case .file(let name, let text, let isInvalid):
          _ = try folder.write(text, to: name)
          guard name.hasSuffix(".json") else { continue }
          let run = try theriac("run", name, "--output", "checks", in: folder)
          #expect(run.status == (isInvalid ? 65 : 0), "\(page.name), \(name): \(run.errors)")
        case .command(let command, let shown, let line):
          let printed = try printed(command, in: folder)
          #expect(
            isShown(printed, as: shown),
            "\(page.name):\(line): \(command)\n\(printed.joined(separator: "\n"))")
        }
      }
    }
  }

  /// Every fenced block is an example that is tried, or says by having no language that it is none.
  @Test(arguments: try GuidePage.all)
  func noExampleIsLeftUntried(page: GuidePage) throws {
    let fences = try repositoryRoot.text(of: page.name).components(separatedBy: "\n")
      .filter { $0.hasPrefix("```") && $0.count > 3 }
    for fence in fences { #expect(fence == "```console" || fence.contains(" file="), "\(fence)") }
  }

  @Test func linksLeadSomewhere() throws {
    for page in try GuidePage.all {
      let folder = repositoryRoot.appending(path: page.name).deletingLastPathComponent()
      let links = try repositoryRoot.text(of: page.name).matches(of: /\]\(([^)#:]+)(#[^)]*)?\)/)
      for link in links { #expect(folder.has(String(link.1)), "\(page.name): \(link.1)") }
    }
  }

  /// What the guide says of each method's place is what the program says.
  @Test func everyListedMethodExists() throws {
    try withTemporaryFolder { folder in
      let listed = try theriac("methods", in: folder).outputLines
        .filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") }
        .compactMap {
          $0.split(separator: ":").first.map { $0.trimmingCharacters(in: .whitespaces) }
        }
      let pages = try ["analyses", "dose-response", "defaults"].map {
        try repositoryRoot.text(of: "Documentation/\($0).md")
      }.joined()
      for method in Set(listed) where !["none"].contains(method) {
        let family = method.split(separator: "-").dropLast().joined(separator: "-")
        let isNamed =
          pages.contains("`\(method)`")
          || (pages.contains("`\(family)-") && method.last?.isLetter == false)
          || method.hasSuffix("-3u")
        #expect(isNamed, "\(method)")
      }
    }
  }

  /// The table of commands names every subcommand, and each explains itself with an example.
  @Test func everySubcommandTeachesByExample() throws {
    try withTemporaryFolder { folder in
      let help = try theriac("--help", in: folder).output
      let readme = try repositoryRoot.text(of: "README.md")
      let listed =
        help.components(separatedBy: "SUBCOMMANDS:\n").last?.split(separator: "\n")
        .filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") }
        .compactMap { $0.split(separator: " ").first.map(String.init) }
        .filter { $0.first?.isLowercase == true } ?? []
      #expect(listed.count >= 11)
      for command in listed where command != "version" {
        let text = try theriac("help", command, in: folder).output
        #expect(text.contains("theriac \(command) ") || command == "schema", "\(command)")
        #expect(text.contains("  theriac \(command)"), "\(command)")
        #expect(readme.contains(command), "\(command)")
      }
    }
  }
}
