package io.lifestage.bench;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Looks at its own process many times a second, and cuts the drain out of what it saw. */
final class Probe implements AutoCloseable {
  private static final long BETWEEN_LOOKS_MILLIS = 10;

  /** What stands at one moment; everything counts from the start of the process. */
  private record Look(long events, long wall, long nanos, long cpuNanos, long allocated) {}

  private final LongSupplier events;
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final OperatingSystemMXBean process =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  /** By thread; those that have ended keep what they had. */
  private final Map<Long, Long> allocated = new HashMap<>();

  private final List<Look> looks = new ArrayList<>();
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

  /**
   * A probe that looks from now on.
   *
   * @param events how many events were taken in so far
   */
  Probe(LongSupplier events) {
    this.events = events;
    var unused =
        timer.scheduleAtFixedRate(this::look, 0, BETWEEN_LOOKS_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Ends the looking. */
  @Override
  public void close() {
    timer.shutdown();
    try {
      if (!timer.awaitTermination(10, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the probe does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the probe ended", e);
    }
  }

  /**
   * What was seen, after {@link #close}.
   *
   * @param from which count on
   * @param operations on state, as counted elsewhere
   */
  Measurement since(long from, Map<String, Long> operations) {
    Look last = looks.get(looks.size() - 1);
    Look begin = first(from);
    Look end = first(last.events());
    if (end.events() <= begin.events()) {
      throw new IllegalStateException("the drain was too short to be measured");
    }
    return new Measurement(
        end.wall(),
        end.events() - begin.events(),
        (end.nanos() - begin.nanos()) / 1e9,
        (end.cpuNanos() - begin.cpuNanos()) / 1e9,
        end.allocated() - begin.allocated(),
        operations);
  }

  private Look first(long count) {
    return looks.stream().filter(look -> look.events() >= count).findFirst().orElseThrow();
  }

  private void look() {
    looks.add(
        new Look(
            events.getAsLong(),
            System.currentTimeMillis(),
            System.nanoTime(),
            process.getProcessCpuTime(),
            allocatedBytes()));
  }

  private long allocatedBytes() {
    long[] ids = threads.getAllThreadIds();
    long[] bytes = threads.getThreadAllocatedBytes(ids);
    long own = Thread.currentThread().getId();
    for (int i = 0; i < ids.length; i++) {
      if (bytes[i] >= 0 && ids[i] != own) {
        allocated.put(ids[i], bytes[i]);
      }
    }
    return allocated.values().stream().mapToLong(Long::longValue).sum();
  }
}
