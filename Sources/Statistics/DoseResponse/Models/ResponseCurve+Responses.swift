extension ResponseCurve {
  /// f at each of `doses`, written into `responses`: what ``response(dose:parameters:)`` gives, faster.
  public func responses(
    doses: [Double], parameters: [Double], into responses: UnsafeMutableBufferPointer<Double>
  ) {
    precondition(responses.count == doses.count, "\(responses.count) for \(doses.count) doses")
    let values = split(parameters)
    guard case .sigmoid(let sigmoid) = form, !sigmoid.isHormesis else {
      for (index, dose) in doses.enumerated() {
        responses[index] = dot(values.linear, form.columns(dose, values.nonlinear).values)
      }
      return
    }
    let slope = sigmoid.signedSlope(values.nonlinear)
    let location = sigmoid.location(values.nonlinear)
    let asymmetry = sigmoid.asymmetry(values.nonlinear)
    let (first, second) = (values.linear[0], values.linear[1])
    for (index, dose) in doses.enumerated() {
      let z = slope == 0 ? 0 : slope * sigmoid.distance(dose, location)
      let share = sigmoid.shape.share(at: z, asymmetry: asymmetry)
      let weight = sigmoid.composition == .rise ? 1 : share.p
      responses[index] =
        (weight == 0 ? 0 : first * weight) + (share.q == 0 ? 0 : second * share.q)
    }
  }
}
