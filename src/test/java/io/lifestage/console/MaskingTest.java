package io.lifestage.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.lifestage.console.Masking.Eye;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskingTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private final Masking masking = new Masking();
  private final Eye stranger = masking.eye(false);
  private final Eye asked = masking.eye(true);

  @ParameterizedTest
  @ValueSource(strings = {"c-000042", "anonymous:7f3a", "anonymous:guest:o-1", "4711"})
  void aCodeIsShownAsItIs(String id) {
    assertThat(stranger.customer(id)).isEqualTo(Map.of("name", id, "ref", id));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ada@example.org", "+44 20 7946 0000", "Ada Lovelace", "<b>", "anonymous:a@b.c"})
  void whatMayBeSomebodysNameIsMaskedAndStillLeadsToThem(String id) {
    Map<String, Object> shown = stranger.customer(id);

    assertThat(shown.get("name")).isEqualTo(Masking.MASK);
    assertThat((String) shown.get("ref")).startsWith("~").doesNotContain(id);
    assertThat(masking.resolve((String) shown.get("ref"))).isEqualTo(id);
    assertThat(asked.customer(id).get("name")).isEqualTo(id);
  }

  @Test
  void aReferenceOfAnotherProcessLeadsNowhere() {
    String reference = (String) new Masking().eye(false).customer("ada@example.org").get("ref");

    assertThat(masking.resolve(reference)).isNull();
  }

  @Test
  void ofAnEventCodesAreShownAndTextsAreNot() {
    Map<String, Object> event =
        Map.of("type", "message_sent", "text", "my number is 12345", "rating", 5, "page", "/u/ada");

    assertThat(stranger.event(event))
        .containsEntry("type", "message_sent")
        .containsEntry("rating", 5)
        .containsEntry("text", Masking.MASK)
        .containsEntry("page", Masking.MASK);
    assertThat(asked.event(event)).containsEntry("text", "my number is 12345");
  }

  @Test
  void anAddressInACodesPlaceIsMaskedToo() {
    assertThat(stranger.event(Map.of("coupon", "ada@example.org")))
        .containsEntry("coupon", Masking.MASK);
  }

  /** The whole customer, with everything that a customer or a shop wrote. */
  @Test
  void nothingPersonalOfACustomerIsShownUnasked() throws Exception {
    String id = "ada@example.org";
    CustomerArchive.Dossier dossier = new Shop.Archive(NOON).read(id);

    String masked = new ObjectMapper().writeValueAsString(CustomerView.of(id, dossier, stranger));
    assertThat(masked)
        .doesNotContain(id)
        .doesNotContain("onerror=\\\"document.title='pwned'\\\">\",\"name")
        .doesNotContain("mail.example")
        .contains("en-GB");

    String whole = new ObjectMapper().writeValueAsString(CustomerView.of(id, dossier, asked));
    assertThat(whole).contains(id).contains("mail.example");
  }
}
