package io.lifestage.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ReasonTest {
  /** Specifications are held to them: one that is forgotten there could not be expected. */
  @Test
  void everyReasonOfTheEngineIsAmongAll() throws IllegalAccessException {
    Set<String> written = new TreeSet<>();
    for (Field field : Reason.class.getDeclaredFields()) {
      if (Modifier.isPublic(field.getModifiers())) {
        written.add((String) field.get(null));
      }
    }

    assertThat(written).isNotEmpty().isEqualTo(new TreeSet<>(Reason.all()));
  }
}
