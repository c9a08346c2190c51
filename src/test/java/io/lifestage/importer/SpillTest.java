package io.lifestage.importer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpillTest {
  private static final Codec<Long> LONGS =
      new Codec<>() {
        @Override
        public void write(Long value, DataOutput out) throws IOException {
          out.writeLong(value);
        }

        @Override
        public Long read(DataInput in) throws IOException {
          return in.readLong();
        }

        @Override
        public long weight(Long value) {
          return 8;
        }
      };

  @TempDir private Path folder;

  @Test
  void whatFitsIntoMemoryNeverTouchesTheDisk() throws IOException {
    try (Spill<Long> spill = spill(1000)) {
      spill.add(2L);
      spill.add(1L);

      assertThat(drained(spill)).containsExactly(1L, 2L);
      assertThat(spill.files()).isZero();
    }
  }

  @Test
  void whatDoesNotFitComesSortedFromMoreFilesThanMayBeOpen() throws IOException {
    Random random = new Random(11);
    List<Long> values = random.longs(20_000).boxed().toList();
    try (Spill<Long> spill = spill(800)) {
      for (Long value : values) {
        spill.add(value);
      }

      assertThat(drained(spill)).isEqualTo(values.stream().sorted().toList());
      assertThat(spill.files()).isGreaterThan(150);
    }
    try (var left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  private Spill<Long> spill(long bound) {
    return new Spill<>(folder, "longs", Comparator.naturalOrder(), LONGS, bound);
  }

  private static List<Long> drained(Spill<Long> spill) throws IOException {
    List<Long> values = new ArrayList<>();
    spill.drain(values::add);
    return values;
  }
}
