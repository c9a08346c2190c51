package io.lifestage.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Triggers whose fate is settled, the latest so many of them; with a file also over a restart.
 * Beyond the bound an old trigger that comes once more would be sent once more.
 */
final class SettledTriggers implements Closeable {
  private final Map<String, Fate> fates;
  private final Writer file;

  private SettledTriggers(Map<String, Fate> fates, Writer file) {
    this.fates = fates;
    this.file = file;
  }

  /** Remembered while the process lives. */
  static SettledTriggers inMemory(int most) {
    return new SettledTriggers(bounded(most), null);
  }

  /**
   * Remembered in a file of lines, each an id and its fate, which is cut to the bound when it is
   * opened. A last line that a crash left half written is not counted.
   */
  static SettledTriggers in(Path file, int most) throws IOException {
    Map<String, Fate> fates = bounded(most);
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file, UTF_8)) {
        read(line, fates);
      }
    }
    Path shortened = file.resolveSibling(file.getFileName() + ".new");
    try (Writer writer = Files.newBufferedWriter(shortened, UTF_8)) {
      for (Map.Entry<String, Fate> settled : fates.entrySet()) {
        write(writer, settled.getKey(), settled.getValue());
      }
    }
    Files.move(shortened, file, StandardCopyOption.REPLACE_EXISTING);
    return new SettledTriggers(
        fates, Files.newBufferedWriter(file, UTF_8, StandardOpenOption.APPEND));
  }

  private static void read(String line, Map<String, Fate> fates) {
    String[] words = line.split(" ", -1);
    for (Fate fate : Fate.values()) {
      if (words.length == 2 && words[1].equals(fate.name())) {
        fates.put(words[0], fate);
      }
    }
  }

  private static void write(Writer writer, String id, Fate fate) throws IOException {
    writer.write(id + " " + fate + "\n");
  }

  /** What became of the trigger, or null where that is not settled or not known any more. */
  Fate of(String id) {
    return fates.get(id);
  }

  /** Remembers, and lets it reach the file before it returns. */
  void settle(String id, Fate fate) throws IOException {
    fates.remove(id);
    fates.put(id, fate);
    if (file != null) {
      write(file, id, fate);
      file.flush();
    }
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }

  private static Map<String, Fate> bounded(int most) {
    return new LinkedHashMap<>() {
      @Override
      protected boolean removeEldestEntry(Map.Entry<String, Fate> eldest) {
        return size() > most;
      }
    };
  }
}
