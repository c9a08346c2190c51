package io.lifestage.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeReadingTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          iso                     | 2017-01-28T19:06:53Z          | 2017-01-28T19:06:53Z
          iso                     | 2017-01-28 19:06:53.250+02:00 | 2017-01-28T17:06:53.250Z
          iso                     | 2017-01-28 19:06              | 2017-01-28T19:06:00Z
          iso                     | 2017-01-28                    | 2017-01-28T00:00:00Z
          iso                     | 2017-01-28 19:06:53+0200      | 2017-01-28T17:06:53Z
          yyyy-MM-dd HH:mm:ss VV  | 2019-10-01 00:00:00 UTC       | 2019-10-01T00:00:00Z
          epoch-seconds           | 1433221332                    | 2015-06-02T05:02:12Z
          epoch-seconds           | 1433221332.117                | 2015-06-02T05:02:12.117Z
          epoch-millis            | 1433221332117                 | 2015-06-02T05:02:12.117Z
          epoch-millis            | 1.433221332117E12             | 2015-06-02T05:02:12.117Z
          M/d/yyyy H:mm           | 12/1/2010 8:26                | 2010-12-01T08:26:00Z
          d MMM yyyy h:mm a       | 1 dec 2010 8:26 PM            | 2010-12-01T20:26:00Z
          yyyyMMdd                | 20101201                      | 2010-12-01T00:00:00Z
          dd/MM/yy                | 01/12/10                      | 2010-12-01T00:00:00Z
          """)
  void aTimeIsReadAsItIsWritten(String pattern, String written, Instant meant)
      throws BadRowException {
    assertThat(read("UTC", written, pattern)).isEqualTo(meant);
  }

  @Test
  void theFirstPatternThatFitsTheWholeTextCounts() throws BadRowException {
    assertThat(read("UTC", "2010-12-01 08:26", "yyyy-MM-dd", "yyyy-MM-dd HH:mm"))
        .isEqualTo("2010-12-01T08:26:00Z");
  }

  @Test
  void aLocalTimeIsOneOfTheMappingsZone() throws BadRowException {
    assertThat(read("Europe/London", "2011-07-01 12:00", "yyyy-MM-dd HH:mm"))
        .isEqualTo("2011-07-01T11:00:00Z");
  }

  @Test
  void aTimeThatHappenedTwiceIsTheFirst() throws BadRowException {
    assertThat(read("Europe/London", "2011-10-30 01:30", "yyyy-MM-dd HH:mm"))
        .isEqualTo("2011-10-30T00:30:00Z");
  }

  @Test
  void aTimeThatNeverHappenedIsMovedForwardWithTheClocks() throws BadRowException {
    assertThat(read("Europe/London", "2011-03-27 01:30", "yyyy-MM-dd HH:mm"))
        .isEqualTo("2011-03-27T01:30:00Z");
  }

  @Test
  void aTimeWithoutAnyZoneIsBad() {
    assertThatThrownBy(() -> read(null, "2011-03-27 01:30", "iso"))
        .hasMessageContaining("has no zone");
  }

  @ParameterizedTest
  @CsvSource({
    "iso, 2011-02-30",
    "iso, 2011-13-01",
    "iso, tomorrow",
    "epoch-millis, 1e99",
    "epoch-seconds, NaN",
    "HH:mm, 10:00"
  })
  void aTextThatIsNoTimeIsBad(String pattern, String written) {
    assertThatThrownBy(() -> read("UTC", written, pattern))
        .isInstanceOf(BadRowException.class)
        .hasMessageContaining("none of the mapping's patterns");
  }

  private static Instant read(String zone, String written, String... patterns)
      throws BadRowException {
    TimeReading reading =
        new TimeReading(
            TextReading.column("t"),
            Arrays.stream(patterns).map(p -> TimeReading.Pattern.of(p, Locale.ENGLISH)).toList(),
            zone == null ? null : ZoneId.of(zone));
    Row row = new Row(1, new Header(List.of("t"), Map.of()), List.of(written), Set.of());
    return Instant.ofEpochMilli(reading.read(row));
  }
}
