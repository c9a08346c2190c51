package io.lifestage.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lifestage.console.Views.Query;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Sends documents again when they have changed (server-sent events). However much comes in, a
 * document is made at most once a beat, whoever asks for it, and a reader who is too slow for that
 * misses states, never the last.
 */
final class Streams {
  /** Most readers at a time. */
  static final int READERS = 64;

  /** After so many beats without a word there is a sign of life. */
  private static final int SILENT_BEATS = 20;

  private static final Duration BEAT_AT_MOST = Duration.ofSeconds(1);

  /** In this order: how the console is doing says what the document is worth. */
  private static final List<String> KINDS = List.of("status", "view");

  private final Views views;
  private final Board board;
  private final Set<Reader> readers = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;
  private long sentVersion = -1;

  Streams(Views views, Board board) {
    this.views = views;
    this.board = board;
  }

  int readers() {
    return readers.size();
  }

  /**
   * Writes to a reader until it is gone, or the console ends. Takes the caller's thread.
   *
   * @return false if there are too many already
   */
  boolean serve(Query query, OutputStream out) throws IOException, InterruptedException {
    Reader reader = new Reader(query);
    if (closed || readers.size() >= READERS) {
      return false;
    }
    readers.add(reader);
    try {
      out.write("retry: 2000\n\n".getBytes(UTF_8));
      reader.offer("status", views.status());
      reader.offer("view", views.document(query));
      int silent = 0;
      while (!closed) {
        silent = reader.write(out) ? 0 : silent + 1;
        if (silent >= SILENT_BEATS) {
          // So that it is noticed on both sides when the other one is gone.
          out.write(": alive\n\n".getBytes(UTF_8));
          silent = 0;
        }
        out.flush();
      }
      return true;
    } finally {
      readers.remove(reader);
    }
  }

  /** One beat: makes what anybody looks at, and hands it to them if it is different. */
  void beat() {
    long version = board.version();
    boolean changed = version != sentVersion;
    sentVersion = version;
    if (readers.isEmpty()) {
      return;
    }
    byte[] status = views.status();
    Map<Query, byte[]> made = new HashMap<>();
    for (Reader reader : readers) {
      reader.offer("status", status);
      if (changed) {
        reader.offer("view", made.computeIfAbsent(reader.query, views::document));
      }
    }
  }

  /** Lets all readers go. */
  void close() {
    closed = true;
    readers.forEach(Reader::wake);
  }

  /** What is still to be written to one reader: of each kind the newest. */
  private static final class Reader {
    private final Query query;
    private final Map<String, byte[]> said = new HashMap<>();
    private final Map<String, byte[]> next = new ConcurrentHashMap<>();
    private final LinkedBlockingQueue<Boolean> bell = new LinkedBlockingQueue<>(1);

    private Reader(Query query) {
      this.query = query;
    }

    private void offer(String kind, byte[] content) {
      next.put(kind, content);
      wake();
    }

    private void wake() {
      boolean rung = bell.offer(true);
      assert rung || !bell.isEmpty() : "one ring is enough";
    }

    /** Waits for a beat; false if there was nothing new to say. */
    private boolean write(OutputStream out) throws IOException, InterruptedException {
      Boolean rung = bell.poll(BEAT_AT_MOST.toMillis(), TimeUnit.MILLISECONDS);
      boolean wrote = false;
      for (String kind : rung == null ? List.<String>of() : KINDS) {
        byte[] content = next.remove(kind);
        if (content != null && !Arrays.equals(content, said.put(kind, content))) {
          wrote = true;
          out.write(("event: " + kind + "\ndata: ").getBytes(UTF_8));
          out.write(content);
          out.write("\n\n".getBytes(UTF_8));
        }
      }
      return wrote;
    }
  }
}
