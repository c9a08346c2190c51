package io.lifestage.ops;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lifestage.job.CommittedRecords;
import io.lifestage.lifecycle.Event;
import io.lifestage.wire.Decoded;
import io.lifestage.wire.InputDecoder;
import io.lifestage.wire.InputLimits;
import io.lifestage.wire.Origin;
import io.lifestage.wire.SchemaRegistry;
import io.lifestage.wire.Topic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/** Reads one customer's events back from the input topics, as a job reads them. */
public final class EventsOfCustomer {
  private EventsOfCustomer() {}

  /**
   * All events whose key is the customer that they are about, topic by topic. Those under another
   * key are not found, and what is a dead letter for the job is left out.
   *
   * @param prefix what the topics' names begin with; may be empty
   * @param progress hears how far the reading is
   * @return null if the reading was stopped before its end
   */
  public static List<Event> read(
      CommittedRecords records,
      SchemaRegistry registry,
      String prefix,
      String customer,
      CommittedRecords.Progress progress)
      throws InterruptedException {
    InputLimits limits = prefix.isEmpty() ? InputLimits.LIVE : InputLimits.HISTORIC;
    InputDecoder decoder = new InputDecoder(registry, prefix, limits);
    byte[] key = customer.getBytes(UTF_8);
    List<TopicPartition> partitions = new ArrayList<>();
    for (Topic topic : Topic.values()) {
      if (topic.carriesEvents()) {
        partitions.add(records.partition(topic.in(prefix), customer));
      }
    }
    List<Event> events = new ArrayList<>();
    boolean whole =
        records.<InterruptedException>toTheEnd(
            partitions,
            record -> {
              if (Arrays.equals(key, record.key())) {
                Origin origin =
                    new Origin(
                        record.topic(), record.partition(), record.offset(), record.timestamp());
                if (decoder.decode(origin, record.key(), record.value())
                        instanceof Decoded.OfEvent of
                    && of.event().customer().equals(customer)) {
                  events.add(of.event());
                }
              }
              return true;
            },
            progress);
    return whole ? events : null;
  }
}
