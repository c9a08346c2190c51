package io.lifestage.cli;

import io.lifestage.importer.Mapping;
import io.lifestage.importer.MappingReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import picocli.CommandLine.Option;

/** What the columns of a CSV mean; one of the two. */
final class CsvColumns {
  @Option(
      names = "--format",
      paramLabel = "NAME",
      completionCandidates = Formats.class,
      description = "A format that is known: ${COMPLETION-CANDIDATES}.")
  private String format;

  @Option(
      names = "--mapping",
      paramLabel = "FILE",
      description = "What the columns mean, in YAML; deploy/import.md describes it.")
  private Path mapping;

  /** The formats that ship with the program. */
  static final class Formats implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return MappingReader.formats().iterator();
    }
  }

  /**
   * The mapping that was asked for.
   *
   * @throws IllegalArgumentException if no format has that name
   */
  Mapping mapping() throws IOException {
    return mapping == null ? MappingReader.format(format) : MappingReader.read(mapping);
  }
}
