package io.lifestage.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {
  private static final Numbers ENGLISH = new Numbers('.', ',');
  private static final Numbers GERMAN = new Numbers(',', '.');

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2.55      | 2.55
          -11062.06 | -11062.06
          1,234.50  | 1234.50
          $ 12      | 12
          +5        | 5
          .5        | 0.5
          1e3       | 1000
          \u22123   | -3
          """)
  void aNumberIsReadAsItIsWritten(String written, BigDecimal meant) throws BadRowException {
    assertThat(ENGLISH.parse("n", written)).isEqualByComparingTo(meant);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock = "1.234,50 | 1234.50\n12,5 | 12.5\n1.234.567 | 1234567\n0,001 € | 0.001")
  void aDecimalCommaIsOneWhereTheMappingSaysSo(String written, BigDecimal meant)
      throws BadRowException {
    assertThat(GERMAN.parse("n", written)).isEqualByComparingTo(meant);
  }

  @Test
  void aDecimalCommaIsNeverTakenForAThousand() {
    assertThatThrownBy(() -> ENGLISH.parse("n", "12,50")).hasMessage("n is not a number: 12,50");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "-", ".", "1-2", "1.2.3", "0x10", "NaN", "Infinity", "1e999", "1,23,456", "a"})
  void whatIsNoNumberIsBad(String written) {
    assertThatThrownBy(() -> ENGLISH.parse("n", written)).isInstanceOf(BadRowException.class);
  }

  @Test
  void aNumberLargerThanMoneyIsBad() {
    assertThatThrownBy(() -> ENGLISH.parse("n", "9".repeat(60))).hasMessageContaining("too large");
  }

  @Test
  void aWholeNumberMayHaveAnEmptyFraction() throws BadRowException {
    assertThat(ENGLISH.whole("n", "2.0")).isEqualTo(2);
    assertThatThrownBy(() -> ENGLISH.whole("n", "2.5")).hasMessageContaining("not a whole number");
  }
}
