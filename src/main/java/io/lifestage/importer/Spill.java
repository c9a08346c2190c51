package io.lifestage.importer;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Sorts more than memory holds: what is beyond a bound goes, sorted, into files of a folder, which
 * are merged when it is read. Values that come in order cost next to nothing to sort, and what fits
 * into memory never touches the disk.
 */
final class Spill<T> implements Closeable {

  /** Takes one value after the other. */
  @FunctionalInterface
  interface Taker<T> {
    void take(T value) throws IOException;
  }

  /** More open files than this are merged into one. */
  private static final int MAX_RUNS = 64;

  private static final int BUFFER = 1 << 16;

  private final Path folder;
  private final String name;
  private final Comparator<T> order;
  private final Codec<T> codec;
  private final long bound;
  private final List<T> held = new ArrayList<>();
  private final List<Path> runs = new ArrayList<>();
  private long weight;
  private int written;

  /**
   * @param folder where files may be made
   * @param name of its files
   * @param bound bytes of values to hold in memory, roughly
   */
  Spill(Path folder, String name, Comparator<T> order, Codec<T> codec, long bound) {
    this.folder = folder;
    this.name = name;
    this.order = order;
    this.codec = codec;
    this.bound = bound;
  }

  void add(T value) throws IOException {
    held.add(value);
    weight += codec.weight(value);
    if (weight > bound) {
      flush();
    }
  }

  /** Gives all values in order, once, and forgets them. */
  void drain(Taker<T> taker) throws IOException {
    if (runs.isEmpty()) {
      held.sort(order);
      for (T value : held) {
        taker.take(value);
      }
    } else {
      flush();
      merge(taker);
    }
    close();
  }

  /** How many files it has made so far; 0 while all is in memory. */
  int files() {
    return written;
  }

  @Override
  public void close() throws IOException {
    held.clear();
    for (Path run : runs) {
      Files.deleteIfExists(run);
    }
    runs.clear();
  }

  private void flush() throws IOException {
    if (held.isEmpty()) {
      return;
    }
    held.sort(order);
    Path run = newRun();
    try (DataOutputStream out = output(run)) {
      for (T value : held) {
        codec.write(value, out);
      }
    }
    runs.add(run);
    held.clear();
    weight = 0;
    if (runs.size() == MAX_RUNS) {
      Path merged = newRun();
      try (DataOutputStream out = output(merged)) {
        merge(value -> codec.write(value, out));
      }
      close();
      runs.add(merged);
    }
  }

  private void merge(Taker<T> taker) throws IOException {
    PriorityQueue<Run> heads =
        new PriorityQueue<>(Comparator.comparing((Run run) -> run.head, order));
    List<Run> open = new ArrayList<>();
    try {
      for (Path path : runs) {
        Run run = new Run(path);
        open.add(run);
        if (run.advance()) {
          heads.add(run);
        }
      }
      while (!heads.isEmpty()) {
        Run run = heads.poll();
        taker.take(run.head);
        if (run.advance()) {
          heads.add(run);
        }
      }
    } finally {
      for (Run run : open) {
        run.in.close();
      }
    }
  }

  private Path newRun() {
    return folder.resolve(name + "-" + written++);
  }

  private static DataOutputStream output(Path path) throws IOException {
    return new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(path), BUFFER));
  }

  /** One sorted file, read from its beginning. */
  private final class Run {
    private final DataInputStream in;
    private T head;

    Run(Path path) throws IOException {
      in = new DataInputStream(new BufferedInputStream(Files.newInputStream(path), BUFFER));
    }

    boolean advance() throws IOException {
      in.mark(1);
      if (in.read() < 0) {
        return false;
      }
      in.reset();
      head = codec.read(in);
      return true;
    }
  }
}
