package io.lifestage.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidateCommandTest {
  private static final String STAGES =
      """
      stage-model: small
      stages: [here]
      activity: page_viewed
      moves:
        - {from: none, to: here, on: activity, cause: came, when: 2 > 1}
      """;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void eachOptionIsPrintedWithItsValueAndSource() {
    assertThat(validate("--disorder", "3s")).isZero();

    assertThat(out.toString().lines())
        .anyMatch(line -> line.matches("disorder +3s +argument"))
        .anyMatch(line -> line.matches("lateness +1h +default"));
  }

  @Test
  void anErrorIsPrintedWithAHintAndEndsWithOne() {
    assertThat(validate("--disordr", "3s")).isEqualTo(1);

    assertThat(err).asString().contains("'--disordr' is no option; did you mean disorder?");
  }

  @Test
  void programsGetSettingsAndErrors() {
    assertThat(validate("--json", "--space", "a b")).isEqualTo(1);

    assertThat(out)
        .asString()
        .contains("\"settings\"", "\"name\" : \"space\"", "\"errors\" : [ \"--space: 'a b' must");
  }

  @Test
  void aWarningIsPrintedWithItsPlaceAndRefusesNothing(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("stages.yaml"), STAGES);

    assertThat(validate("--definitions", folder.toString())).isZero();

    assertThat(out.toString().lines())
        .containsExactly(
            file + ":5:61: warning: 'when' always holds, whatever comes",
            "1 definition, all sound");
  }

  @Test
  void programsGetWarningsBesideErrors(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("stages.yaml"), STAGES);

    assertThat(validate("--json", "--definitions", folder.toString())).isZero();

    assertThat(out)
        .asString()
        .contains("\"errors\" : [ ]", "\"warnings\"", "\"column\" : 61", "always holds");
  }

  @Test
  void aMistakeIsPrintedWithItsPlaceAndEndsWithOne(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("stages.yaml"), STAGES.replace("2 > 1", "1 > 2"));

    assertThat(validate("--definitions", folder.toString())).isEqualTo(1);

    assertThat(out.toString().lines())
        .containsExactly(
            file + ":5:61: 'when' never holds, whatever comes; say when it has to",
            "1 definition, one mistake");
  }

  @Test
  void whatIsNotUtf8IsNamedWithItsPlace(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("stages.yaml");
    Files.write(file, "stage-model: small\nstages: [h\u00e9re]\n".getBytes(ISO_8859_1));

    assertThat(validate("--definitions", folder.toString())).isEqualTo(1);

    assertThat(err.toString().strip())
        .isEqualTo(file + ":2:11: this is not UTF-8; save the file in that encoding");
  }

  @Test
  void aFileOfGigabytesIsNamedAndNotRead(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("stages.yaml");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(3L << 30);
    }

    assertThat(validate("--definitions", folder.toString())).isEqualTo(1);

    assertThat(err.toString().strip())
        .isEqualTo(file + ":1:1: the file is too long; it may have 4194304 bytes");
  }

  @Test
  void aLinkThatLeadsNowhereIsNotPassedOver(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("stages.yaml"), STAGES);
    Path link = folder.resolve("gone.yaml");
    Files.createSymbolicLink(link, folder.resolve("nowhere"));

    assertThat(validate("--definitions", folder.toString())).isEqualTo(1);

    assertThat(err.toString().strip()).isEqualTo("There is no file " + link);
  }

  /** It is asked where nothing of Flink is installed. */
  @Test
  void itNeedsNoFlink() throws Exception {
    URL[] withoutFlink =
        Pattern.compile(Pattern.quote(File.pathSeparator))
            .splitAsStream(System.getProperty("java.class.path"))
            .filter(entry -> !entry.matches(".*[/\\\\]flink-.*\\.jar"))
            .map(ValidateCommandTest::url)
            .toArray(URL[]::new);
    try (URLClassLoader loader =
        new URLClassLoader(withoutFlink, ClassLoader.getPlatformClassLoader())) {
      assertThat(loader.getResource("org/apache/flink/streaming/api/datastream/DataStream.class"))
          .isNull();
      Class<?> review = loader.loadClass("io.lifestage.job.OptionReview");

      Object answer =
          review
              .getMethod("of", String[].class, Map.class)
              .invoke(null, new String[] {"--disorder", "3s"}, Map.of());

      assertThat(answer).asString().contains("errors=[]");
    }
  }

  private int validate(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "validate";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return Lifestage.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(all);
  }

  private static URL url(String entry) {
    try {
      return Path.of(entry).toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(entry, e);
    }
  }
}
