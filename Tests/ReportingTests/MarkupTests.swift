import Reporting
import Testing

@Suite struct MarkupTests {
  @Test func textIsEscaped() {
    var markup = Markup()
    markup.element("p", "a < b & \"c\" > d")
    #expect(markup.source == "<p>a &lt; b &amp; &quot;c&quot; &gt; d</p>")
  }

  @Test func attributesAreEscapedAndLeftOutWithoutAValue() {
    var markup = Markup()
    markup.empty("rect", ["class": "\"x\"", "id": nil])
    #expect(markup.source == "<rect class=\"&quot;x&quot;\"/>")
  }

  @Test func controlCharactersThatXMLForbidsAreDropped() {
    var markup = Markup()
    markup.text("a\u{0}b\u{1B}c\u{FFFE}\td\u{1F9EA}")
    #expect(markup.source == "abc\td\u{1F9EA}")
  }

  @Test func otherTextStaysAsItIs() {
    var markup = Markup()
    markup.text("≥ 3 – Größe 漢字")
    #expect(markup.source == "≥ 3 – Größe 漢字")
  }
}
