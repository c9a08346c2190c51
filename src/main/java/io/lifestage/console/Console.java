package io.lifestage.console;

import io.lifestage.definition.Source;
import io.lifestage.wire.SchemaRegistry;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The console: reads the topics, asks Flink, and serves what it knows. Writes nothing anywhere. */
public final class Console implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Console.class);

  /** How often what changed is sent on. */
  private static final long BEAT_MS = 500;

  private static final long ASK_MS = 3_000;

  private final ConsoleOptions options;
  private final Board board;
  private final Access access;
  private final Streams streams;
  private final WebServer server;
  private final CountDownLatch closed = new CountDownLatch(1);
  private TopicReader reader;
  private Thread reading;

  /**
   * A console that listens and has read nothing yet.
   *
   * @param pack the definitions that the job started with
   * @throws BindException if the port is taken; the message says what to do
   */
  public Console(
      ConsoleOptions options, List<Source> pack, CustomerArchive archive, InstantSource clock)
      throws IOException {
    this(options, new Board(pack), archive, clock);
  }

  Console(ConsoleOptions options, Board board, CustomerArchive archive, InstantSource clock)
      throws IOException {
    this.options = options;
    this.board = board;
    InetAddress address =
        options.host() == null
            ? InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 1})
            : InetAddress.getByName(options.host());
    boolean loopback = address.isLoopbackAddress();
    Masking masking = new Masking();
    Views views = new Views(board, masking, clock);
    this.streams = new Streams(views, board);
    try {
      this.server =
          new WebServer(
              new InetSocketAddress(address, options.port()),
              board,
              views,
              streams,
              masking,
              archive);
    } catch (BindException e) {
      BindException taken =
          new BindException(
              "%s:%d can't be listened at (%s); stop what has the port, or choose another with --port"
                  .formatted(address.getHostAddress(), options.port(), e.getMessage()));
      taken.initCause(e);
      throw taken;
    }
    String token = options.token() == null && !loopback ? Access.newToken() : options.token();
    this.access = new Access(loopback, token, server.port());
    server.start(access);
    every(BEAT_MS, "console-beat", streams::beat);
    if (options.flinkUrl() != null) {
      FlinkWatch watch = new FlinkWatch(options.flinkUrl(), options.jobName(), board, clock);
      every(ASK_MS, "console-flink", watch::ask);
    }
  }

  /** Begins to read the topics, in a thread of its own. */
  public void read(Properties kafka, SchemaRegistry registry, InstantSource clock) {
    reader =
        new TopicReader(
            () -> TopicReader.consumer(kafka), registry, options.prefix(), board, clock);
    reading = daemon(reader, "console-reading");
    reading.start();
    every(ASK_MS, "console-registry", reader::probeRegistry);
  }

  /** The address to open in a browser, with the token where one is needed. */
  public String address() {
    return access.address(options.host() == null ? "127.0.0.1" : options.host(), server.port());
  }

  int port() {
    return server.port();
  }

  @Override
  public void close() {
    closed.countDown();
    server.close();
    if (reader != null) {
      reader.close();
      try {
        reading.join(5_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private interface Work {
    void run() throws InterruptedException;
  }

  /** Works again and again until the console is closed, whatever became of it the last time. */
  private void every(long millis, String name, Work work) {
    daemon(
            () -> {
              try {
                do {
                  try {
                    work.run();
                  } catch (RuntimeException e) {
                    LOG.error("{} failed once", name, e);
                  }
                } while (!closed.await(millis, TimeUnit.MILLISECONDS));
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            name)
        .start();
  }

  private static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }
}
