import Foundation
import Results

/// One line on standard error that tells how many curves are done; nothing where that is no terminal.
struct CurveProgress {
  private let total: Int
  private let isShown: Bool
  private let start = ContinuousClock.now

  init(total: Int, isQuiet: Bool) {
    self.total = total
    isShown = !isQuiet && isatty(STDERR_FILENO) == 1
  }

  func show(_ done: Int) {
    guard isShown, total > 0 else { return }
    guard done > 0 else { return write("\r\u{1B}[K0 of \(counted(total, "curve"))") }
    let elapsed = start.duration(to: .now) / .seconds(1)
    let left = elapsed / Double(done) * Double(total - done)
    let remaining = elapsed > 1 ? ", about \(Int(left.rounded(.up))) s left" : ""
    write(
      "\r\u{1B}[K\(done) of \(counted(total, "curve")) (\(100 * done / total) %), "
        + "\(rate(done, elapsed))\(remaining)")
  }

  func clear() {
    guard isShown else { return }
    write("\r\u{1B}[K")
  }

  private func write(_ text: String) {
    FileHandle.standardError.write(Data(text.utf8))
  }
}

/// `count` in `seconds` as curves a second, with three digits.
func rate(_ count: Int, _ seconds: Double) -> String {
  let perSecond = Double(count) / max(seconds, 1e-9)
  if perSecond >= 1e6 { return String(format: "%.2f million curves/s", perSecond / 1e6) }
  if perSecond >= 1000 { return String(format: "%.3g thousand curves/s", perSecond / 1000) }
  return String(format: "%.3g curves/s", perSecond)
}
