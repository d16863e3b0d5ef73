import Results

/// The version of this program and the identity of its executable.
enum ProgramIdentity {
  static let version = "0.1.0"

  /// The version, and as build the first digits of the executable's own SHA-256.
  static let current = Program(version: version, build: executableHash.prefix(12).description)

  static var description: String {
    "Theriac \(version) (build \(current.build), Swift \(compilerVersion), \(platform))"
  }

  private static var executableHash: String {
    SHA256.hex(fileAt: "/proc/self/exe") ?? "unknown"
  }

  private static var compilerVersion: String {
    #if compiler(>=6.4)
      "6.4 or later"
    #else
      "6.3"
    #endif
  }

  private static var platform: String {
    #if arch(x86_64)
      "x86-64 Linux"
    #elseif arch(arm64)
      "64-bit Arm Linux"
    #else
      "Linux"
    #endif
  }
}
