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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Triggers whose fate is settled, the latest so many of them; with a file also over a restart.
 * Beyond the bound an old trigger that comes once more would be sent once more.
 */
final class SettledTriggers implements Closeable {
  /**
   * The stop at its end tells a whole number from the half of one. A line without a number is of
   * the release before there were revisions: what it knew was the first.
   */
  private static final Pattern LINE =
      Pattern.compile("(\\S+) (SENT|EXPIRED|WITHDRAWN|RETRACTED)(?: (\\d{1,18})\\.)?");

  private final Map<String, Settled> fates;
  private final Writer file;

  /** What became of a trigger, and by which of its records. */
  private record Settled(Fate fate, long revision) {}

  private SettledTriggers(Map<String, Settled> fates, Writer file) {
    this.fates = fates;
    this.file = file;
  }

  /** Remembered while the process lives. */
  static SettledTriggers inMemory(int most) {
    return new SettledTriggers(bounded(most), null);
  }

  /**
   * Remembered in a file of lines, each an id, its fate and its revision, which is cut to the bound
   * when it is opened. A last line that a crash left half written is not counted.
   */
  static SettledTriggers in(Path file, int most) throws IOException {
    Map<String, Settled> fates = bounded(most);
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file, UTF_8)) {
        read(line, fates);
      }
    }
    Path shortened = file.resolveSibling(file.getFileName() + ".new");
    try (Writer writer = Files.newBufferedWriter(shortened, UTF_8)) {
      for (Map.Entry<String, Settled> settled : fates.entrySet()) {
        write(writer, settled.getKey(), settled.getValue());
      }
    }
    Files.move(shortened, file, StandardCopyOption.REPLACE_EXISTING);
    return new SettledTriggers(
        fates, Files.newBufferedWriter(file, UTF_8, StandardOpenOption.APPEND));
  }

  private static void read(String line, Map<String, Settled> fates) {
    Matcher settled = LINE.matcher(line);
    if (settled.matches()) {
      Fate fate = Fate.valueOf(settled.group(2));
      long revision = settled.group(3) == null ? 0 : Long.parseLong(settled.group(3));
      fates.put(settled.group(1), new Settled(fate, revision));
    }
  }

  private static void write(Writer writer, String id, Settled settled) throws IOException {
    writer.write(id + " " + settled.fate + " " + settled.revision + ".\n");
  }

  /** What became of the trigger, or null where that is not settled or not known any more. */
  Fate of(String id) {
    Settled settled = fates.get(id);
    return settled == null ? null : settled.fate;
  }

  /** The revision by which that was settled. */
  long revision(String id) {
    return fates.get(id).revision;
  }

  /** Remembers, and lets it reach the file before it returns. */
  void settle(String id, Fate fate, long revision) throws IOException {
    Settled settled = new Settled(fate, revision);
    fates.remove(id);
    fates.put(id, settled);
    if (file != null) {
      write(file, id, settled);
      file.flush();
    }
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }

  private static Map<String, Settled> bounded(int most) {
    return new LinkedHashMap<>() {
      @Override
      protected boolean removeEldestEntry(Map.Entry<String, Settled> eldest) {
        return size() > most;
      }
    };
  }
}
