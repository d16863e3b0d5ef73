import ArgumentParser
import BulkFits
import Tables

/// Data that are not as expected, in words that begin with their file.
struct InvalidData: Error {
  let description: String

  init(_ path: String, _ fault: some CustomStringConvertible) {
    description = "\(path): \(fault)"
  }
}

/// Does `work` on files of curves; what goes wrong is printed and ends with its status.
func endingWithItsStatus(_ work: () throws -> Void) throws {
  do {
    try work()
  } catch let error as UnmappableFile {
    printError(error.description)
    throw ExitStatus.unreadableInput
  } catch let error as UnwritableFile {
    printError(
      "\(error)\nNo file was written. Choose another file with --output, or make room there.")
    throw ExitStatus.unwritableOutput
  } catch let error as LongTableFault {
    printError("\(error)\nNo file was written.")
    throw ExitStatus.invalidData
  } catch let error as InvalidData {
    printError("\(error.description)\nNo file was written.")
    throw ExitStatus.invalidData
  }
}
