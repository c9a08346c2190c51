package io.lifestage.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifestage.decision.Definitions;
import io.lifestage.definition.Packs;
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

/** What the files of the page may hold. */
class PageFilesTest {
  private static final Path PAGE = Path.of("src/main/resources/io/lifestage/console/page");
  private static final Pattern MARKUP =
      Pattern.compile(
          "innerHTML|outerHTML|insertAdjacentHTML|document\\.write|\\beval\\(|new Function|srcdoc|DOMParser");
  private static final Pattern LITERAL = Pattern.compile("[\"'`]([a-z][a-z0-9_-]*)[\"'`]");

  @Test
  void everyFileOfThePageIsServedAndOnlyThose() throws IOException {
    PageFiles served = new PageFiles();

    for (Path file : files("")) {
      String path = "/" + PAGE.relativize(file).toString().replace('\\', '/');
      if (path.endsWith("LICENSE")) {
        assertThat(served.at(path)).isNull();
      } else {
        assertThat(served.at(path)).as(path).isNotNull();
      }
    }
  }

  @Test
  void noTextIsEverTakenForMarkup() throws IOException {
    for (Path file : files(".js")) {
      assertThat(MARKUP.matcher(Files.readString(file)).results().toList())
          .as(file.toString())
          .isEmpty();
    }
  }

  @Test
  void markupWouldBeFound() {
    assertThat(MARKUP.matcher("element.innerHTML = name").find()).isTrue();
  }

  @Test
  void thePagesHoldNoScriptAndNoStyleOfTheirOwn() throws IOException {
    for (Path file : files(".html")) {
      assertThat(Files.readString(file))
          .doesNotContain("<style")
          .doesNotContain(" style=")
          .doesNotContain(" on")
          .doesNotContain("<script>")
          .doesNotContain("https://");
    }
  }

  @Test
  void noNameOfAPackStandsInThePage() throws IOException {
    for (Path file : files(".js")) {
      if (!file.toString().contains("uplot")) {
        assertThat(namesIn(Files.readString(file))).as(file.toString()).isEmpty();
      }
    }
  }

  @Test
  void oneThatStoodThereWouldBeFound() {
    assertThat(namesIn("if (stage === 'loyalty') {}")).containsExactly("loyalty");
  }

  @Test
  void theChartLibraryIsNamedWithItsLicence() throws IOException {
    assertThat(Files.readString(Path.of("NOTICE"))).contains("uPlot").contains("MIT");
    assertThat(Files.readString(PAGE.resolve("uplot/LICENSE"))).contains("Leon Sorokin");
  }

  private static List<String> namesIn(String code) {
    Set<String> names = new TreeSet<>();
    for (String pack : Packs.names()) {
      Definitions definitions = Packs.compiled(pack);
      names.addAll(definitions.stages().stages());
      names.addAll(definitions.journeys().keySet());
      names.addAll(definitions.traits().byName().keySet());
      names.addAll(definitions.segments().keySet());
    }
    List<String> found = new ArrayList<>();
    for (Matcher literal = LITERAL.matcher(code); literal.find(); ) {
      if (names.contains(literal.group(1))) {
        found.add(literal.group(1));
      }
    }
    return found;
  }

  private static List<Path> files(String end) throws IOException {
    try (Stream<Path> files = Files.walk(PAGE)) {
      return files
          .filter(file -> Files.isRegularFile(file) && file.toString().endsWith(end))
          .sorted()
          .toList();
    }
  }
}
