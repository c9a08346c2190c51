package io.lifestage.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifestage.decision.Definitions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The program knows no journey, no stage and no trait by name: they are data. */
class PackNamesTest {
  private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

  @Test
  void noNameOfAPackStandsInTheProgram() throws IOException {
    Set<String> names = names();
    assertThat(names).contains("thank-you", "house-bank", "views_7d", "big_spenders");
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        found.addAll(namesIn(Files.readString(file), names, file.toString()));
      }
    }
    assertThat(found).isEmpty();
  }

  @Test
  void oneThatStoodThereWouldBeFound() {
    assertThat(namesIn("if (stage.equals(\"loyalty\")) {}", names(), "A.java"))
        .containsExactly("A.java: loyalty");
  }

  private static Set<String> names() {
    Set<String> names = new TreeSet<>();
    for (String pack : Packs.names()) {
      Definitions definitions = Packs.compiled(pack);
      names.addAll(definitions.stages().stages());
      names.addAll(definitions.journeys().keySet());
      names.addAll(definitions.traits().byName().keySet());
      names.addAll(definitions.segments().keySet());
    }
    return names;
  }

  private static List<String> namesIn(String code, Set<String> names, String file) {
    List<String> found = new ArrayList<>();
    for (Matcher literal = LITERAL.matcher(code); literal.find(); ) {
      if (names.contains(literal.group(1))) {
        found.add(file + ": " + literal.group(1));
      }
    }
    return found;
  }
}
