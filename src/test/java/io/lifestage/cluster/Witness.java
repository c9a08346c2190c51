package io.lifestage.cluster;

import io.lifestage.job.CommittedRecords;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Notes of each trigger when somebody who reads what is committed could see it. */
final class Witness implements AutoCloseable {

  /**
   * A trigger.
   *
   * @param key what it is about
   * @param at its event time, epoch milliseconds
   * @param seenAt when it was there, epoch milliseconds
   */
  record Seen(String journey, String customer, String key, long at, long seenAt) {}

  private final CommittedRecords records;
  private final StockReader stock;
  private final Map<String, List<Seen>> seen = new HashMap<>();
  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final Future<?> watching;

  Witness(Installation installation) {
    records = CommittedRecords.open(installation.connection());
    stock = new StockReader(installation.registry.url());
    watching =
        thread.submit(
            () -> {
              records.follow(records.partitions(List.of("triggers")), true, this::note);
              return null;
            });
  }

  private boolean note(ConsumerRecord<byte[], byte[]> record)
      throws IOException, InterruptedException {
    long now = System.currentTimeMillis();
    GenericRecord trigger = stock.read(record.value());
    Seen one =
        new Seen(
            trigger.get("journey").toString(),
            trigger.get("customer").toString(),
            trigger.get("instance_key").toString(),
            (Long) trigger.get("at"),
            now);
    synchronized (seen) {
      seen.computeIfAbsent(one.journey(), journey -> new ArrayList<>()).add(one);
    }
    return true;
  }

  /** How many triggers of a journey were seen. */
  int count(String journey) {
    synchronized (seen) {
      return seen.getOrDefault(journey, List.of()).size();
    }
  }

  /** The last that was seen of a journey, or null. */
  Seen last(String journey) {
    synchronized (seen) {
      List<Seen> some = seen.getOrDefault(journey, List.of());
      return some.isEmpty() ? null : some.get(some.size() - 1);
    }
  }

  /** All that was seen of a journey. */
  List<Seen> of(String journey) {
    synchronized (seen) {
      return List.copyOf(seen.getOrDefault(journey, List.of()));
    }
  }

  /** Whether it sees nothing any more. */
  boolean isBlind() {
    return watching.isDone();
  }

  @Override
  public void close() {
    records.stop();
    thread.shutdown();
    try {
      watching.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (java.util.concurrent.ExecutionException e) {
      throw new IllegalStateException("the triggers could not be read", e);
    } finally {
      records.close();
    }
  }
}
