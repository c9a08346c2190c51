package io.lifestage.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lifestage.wire.OutboundRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * A sink in this process that shows records as Kafka does: those of a checkpoint, when it is
 * complete, once. It can end a run once, in the middle of a commit.
 */
final class Shelf implements Sink<OutboundRecord>, SupportsCommitter<String> {
  private static final long serialVersionUID = 1L;
  private static final AtomicInteger NUMBERS = new AtomicInteger();
  private static final Map<String, List<OutboundRecord>> PREPARED = new ConcurrentHashMap<>();
  private static final Map<String, Shelved> SHELVES = new ConcurrentHashMap<>();

  /** What one run has committed. */
  private static final class Shelved {
    final Map<String, List<OutboundRecord>> committed = new ConcurrentHashMap<>();
    final AtomicInteger commits = new AtomicInteger();
    final AtomicInteger failures = new AtomicInteger();
  }

  private final String run = "run-" + NUMBERS.incrementAndGet();
  private final int failingCommit;

  private Shelf(int failingCommit) {
    this.failingCommit = failingCommit;
    SHELVES.put(run, new Shelved());
  }

  static Shelf sound() {
    return new Shelf(0);
  }

  /** Ends the run once, at its commit with this number, the first being 1. */
  static Shelf failingAt(int commit) {
    return new Shelf(commit);
  }

  List<OutboundRecord> records() {
    List<OutboundRecord> records = new ArrayList<>();
    SHELVES.get(run).committed.values().forEach(records::addAll);
    return records;
  }

  /** How often the run was ended. */
  int failures() {
    return SHELVES.get(run).failures.get();
  }

  @Override
  public CommittingSinkWriter<OutboundRecord, String> createWriter(WriterInitContext context) {
    return new Writer();
  }

  @Override
  public Committer<String> createCommitter(CommitterInitContext context) {
    return new Commits(run, failingCommit);
  }

  @Override
  public SimpleVersionedSerializer<String> getCommittableSerializer() {
    return new Names();
  }

  private static final class Writer implements CommittingSinkWriter<OutboundRecord, String> {
    private List<OutboundRecord> open = new ArrayList<>();

    @Override
    public void write(OutboundRecord record, Context context) {
      open.add(record);
    }

    @Override
    public void flush(boolean endOfInput) {
      // All is prepared with the commit.
    }

    @Override
    public Collection<String> prepareCommit() {
      if (open.isEmpty()) {
        return List.of();
      }
      String batch = "batch-" + NUMBERS.incrementAndGet();
      PREPARED.put(batch, open);
      open = new ArrayList<>();
      return List.of(batch);
    }

    @Override
    public void close() {
      // What was not prepared is lost, as it should be.
    }
  }

  private record Commits(String run, int failing) implements Committer<String> {
    @Override
    public void commit(Collection<CommitRequest<String>> batches) {
      Shelved shelved = SHELVES.get(run);
      for (CommitRequest<String> batch : batches) {
        if (shelved.commits.incrementAndGet() == failing) {
          shelved.failures.incrementAndGet();
          throw new IllegalStateException("the machine goes down, as the test asked");
        }
        shelved.committed.put(batch.getCommittable(), PREPARED.get(batch.getCommittable()));
      }
    }

    @Override
    public void close() {
      // Nothing is held.
    }
  }

  private static final class Names implements SimpleVersionedSerializer<String> {
    @Override
    public int getVersion() {
      return 1;
    }

    @Override
    public byte[] serialize(String batch) {
      return batch.getBytes(UTF_8);
    }

    @Override
    public String deserialize(int version, byte[] bytes) {
      return new String(bytes, UTF_8);
    }
  }
}
