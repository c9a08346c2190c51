package io.lifestage.importer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the bytes, an import counts every row, or says that the file can't be read. */
class GarbageTest {
  private static final String GOOD = "2024-05-01T10:00:00Z,ann,o1,pen,2,1.25\n";

  @TempDir private Path folder;

  static LongStream seeds() {
    return LongStream.range(0, 150);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anyBytesAfterAHeaderAreRowsOrBadRows(long seed) throws IOException {
    Random random = new Random(seed);
    byte[] header = Imports.SHOP_HEADER.getBytes(StandardCharsets.UTF_8);
    byte[] garbage = garbage(random);
    byte[] csv = new byte[header.length + garbage.length];
    System.arraycopy(header, 0, csv, 0, header.length);
    System.arraycopy(garbage, 0, csv, header.length, garbage.length);
    Imports imports = new Imports(folder);

    Summary summary = imports.run(Imports.SHOP, csv);

    assertThat(summary.used() + summary.badRows()).isEqualTo(summary.rows());
    assertThat(imports.bad).hasSize((int) summary.badRows());
    assertThat(imports.events).hasSize((int) summary.used());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anyBytesAreAFileOrAreRefused(long seed) {
    byte[] garbage = garbage(new Random(seed));

    try {
      new Imports(folder).run(Imports.SHOP, garbage);
    } catch (IOException | MappingException e) {
      assertThat(e).hasMessageMatching("(?s).+");
    }
  }

  /** Noise, or good rows with damage: bytes changed, cut, doubled. */
  private static byte[] garbage(Random random) {
    byte[] bytes = new byte[random.nextInt(4000)];
    random.nextBytes(bytes);
    if (random.nextBoolean()) {
      return bytes;
    }
    byte[] rows = GOOD.repeat(1 + random.nextInt(60)).getBytes(StandardCharsets.UTF_8);
    String special = "\",\n\r;\0\\";
    for (int damage = random.nextInt(40); damage > 0; damage--) {
      int at = random.nextInt(rows.length);
      rows[at] =
          random.nextBoolean()
              ? (byte) special.charAt(random.nextInt(special.length()))
              : (byte) random.nextInt();
    }
    return rows;
  }
}
