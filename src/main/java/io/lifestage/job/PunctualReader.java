package io.lifestage.job;

import io.lifestage.job.PartitionEnds.Look;
import io.lifestage.wire.Decoded;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.kafka.common.TopicPartition;

/**
 * Kafka's reader, which also says of each partition up to when it has been read.
 *
 * <p>Whoever plays a past into the live topics appends events that lie far behind the wall's time,
 * and may pause. A partition with such an event at its end is left alone until nothing was appended
 * for a while, or the rest of that past would come too late.
 */
@SuppressWarnings("try") // Flink declares close() with every exception.
final class PunctualReader implements SourceReader<Decoded, KafkaPartitionSplit> {
  /** How long after an event of the past a partition's time moves by its events alone. */
  private static final long REST_AFTER_PAST = Duration.ofMinutes(1).toMillis();

  /** Partitions are given out at the start; who has none so long after it will hardly get any. */
  private static final long WAIT_FOR_PARTITIONS = Duration.ofSeconds(30).toMillis();

  private final SourceReader<Decoded, KafkaPartitionSplit> reader;
  private final PartitionEnds ends;
  private final long disorder;
  private final long lateness;
  private final Map<String, Partition> partitions = new HashMap<>();

  private volatile CompletableFuture<Void> looked = new CompletableFuture<>();
  private WatchedOutput output;
  private long firstTold = Long.MAX_VALUE;

  /** How far one partition has been read, and the look that it has not reached yet. */
  private static final class Partition {
    final TopicPartition id;
    long next;
    Look awaited;
    long restsUntil;

    Partition(TopicPartition id, long next) {
      this.id = id;
      this.next = next;
    }
  }

  PunctualReader(
      SourceReader<Decoded, KafkaPartitionSplit> reader,
      Function<Runnable, PartitionEnds> ends,
      Duration disorder,
      Duration lateness) {
    this.reader = reader;
    this.disorder = disorder.toMillis();
    this.lateness = lateness.toMillis();
    this.ends = ends.apply(() -> looked.complete(null));
  }

  @Override
  public InputStatus pollNext(ReaderOutput<Decoded> target) throws Exception {
    if (output == null || output.target != target) {
      output = new WatchedOutput(target);
    }
    InputStatus status = reader.pollNext(output);
    if (looked.isDone()) {
      looked = new CompletableFuture<>();
      tellTime();
    }
    return status;
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    CompletableFuture<Void> records = reader.isAvailable();
    return records.isDone() ? records : CompletableFuture.anyOf(records, looked).thenRun(() -> {});
  }

  @Override
  public void addSplits(List<KafkaPartitionSplit> splits) {
    for (KafkaPartitionSplit split : splits) {
      partitions.put(
          split.splitId(), new Partition(split.getTopicPartition(), split.getStartingOffset()));
      ends.readUpTo(split.getTopicPartition(), split.getStartingOffset());
    }
    reader.addSplits(splits);
  }

  /** Every partition that has reached what a look saw is as late as that look. */
  private void tellTime() {
    Look latest = ends.latest();
    firstTold = Math.min(firstTold, latest.wall());
    if (partitions.isEmpty() && latest.wall() - firstTold >= WAIT_FOR_PARTITIONS) {
      output.target.markIdle();
    }
    partitions.forEach(
        (split, partition) -> {
          ends.readUpTo(partition.id, partition.next);
          if (partition.awaited == null
              && latest.ends().containsKey(partition.id)
              && latest.wall() >= partition.restsUntil) {
            partition.awaited = latest;
          }
          if (partition.awaited != null
              && partition.next >= partition.awaited.ends().get(partition.id)) {
            long time = partition.awaited.wall() - disorder - 1;
            output.target.createOutputForSplit(split).emitWatermark(new Watermark(time));
            partition.awaited = null;
          }
        });
  }

  @Override
  public void start() {
    reader.start();
  }

  @Override
  public List<KafkaPartitionSplit> snapshotState(long checkpointId) {
    return reader.snapshotState(checkpointId);
  }

  @Override
  public void notifyNoMoreSplits() {
    reader.notifyNoMoreSplits();
  }

  @Override
  public void handleSourceEvents(SourceEvent event) {
    reader.handleSourceEvents(event);
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    reader.notifyCheckpointComplete(checkpointId);
  }

  @Override
  public void notifyCheckpointAborted(long checkpointId) throws Exception {
    reader.notifyCheckpointAborted(checkpointId);
  }

  @Override
  public void pauseOrResumeSplits(Collection<String> pause, Collection<String> resume) {
    reader.pauseOrResumeSplits(pause, resume);
  }

  @Override
  public void close() throws Exception {
    ends.close();
    reader.close();
  }

  /** Passes everything on, and notes how far each partition has come. */
  private final class WatchedOutput implements ReaderOutput<Decoded> {
    private final ReaderOutput<Decoded> target;

    WatchedOutput(ReaderOutput<Decoded> target) {
      this.target = target;
    }

    @Override
    public void collect(Decoded decoded) {
      target.collect(decoded);
    }

    @Override
    public void collect(Decoded decoded, long timestamp) {
      target.collect(decoded, timestamp);
    }

    @Override
    public void emitWatermark(Watermark watermark) {
      target.emitWatermark(watermark);
    }

    @Override
    public void markIdle() {
      target.markIdle();
    }

    @Override
    public void markActive() {
      target.markActive();
    }

    @Override
    public SourceOutput<Decoded> createOutputForSplit(String split) {
      return new WatchedSplit(target.createOutputForSplit(split), partitions.get(split), lateness);
    }

    @Override
    public void releaseOutputForSplit(String split) {
      target.releaseOutputForSplit(split);
    }
  }

  private record WatchedSplit(SourceOutput<Decoded> target, Partition partition, long lateness)
      implements SourceOutput<Decoded> {
    @Override
    public void collect(Decoded decoded) {
      target.collect(decoded);
      note(decoded);
    }

    @Override
    public void collect(Decoded decoded, long timestamp) {
      target.collect(decoded, timestamp);
      note(decoded);
    }

    private void note(Decoded decoded) {
      long appended = decoded.origin().timestamp();
      partition.next = decoded.origin().offset() + 1;
      boolean ofThePast =
          decoded instanceof Decoded.OfEvent of && of.event().at() < appended - lateness;
      partition.restsUntil = ofThePast ? appended + REST_AFTER_PAST : 0;
    }

    @Override
    public void emitWatermark(Watermark watermark) {
      target.emitWatermark(watermark);
    }

    @Override
    public void markIdle() {
      target.markIdle();
    }

    @Override
    public void markActive() {
      target.markActive();
    }
  }
}
