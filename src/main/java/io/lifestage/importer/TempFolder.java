package io.lifestage.importer;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder of our own that is gone when the import ends, also when it is interrupted. */
final class TempFolder implements Closeable {
  private final Path path;
  private final Thread onInterrupt = new Thread(this::deleteQuietly, "import-cleanup");

  TempFolder(Path parent) throws IOException {
    path = Files.createTempDirectory(parent, "lifestage-import-");
    Runtime.getRuntime().addShutdownHook(onInterrupt);
  }

  Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    delete();
    try {
      Runtime.getRuntime().removeShutdownHook(onInterrupt);
    } catch (IllegalStateException e) {
      // The process is ending, and the hook has run.
    }
  }

  private void delete() throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> files = Files.walk(path)) {
      deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : deepestFirst) {
      Files.deleteIfExists(file);
    }
  }

  private void deleteQuietly() {
    try {
      delete();
    } catch (IOException e) {
      // Nobody is left to be told; the operating system empties its folder for such files.
    }
  }
}
