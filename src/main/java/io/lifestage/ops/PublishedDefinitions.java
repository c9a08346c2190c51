package io.lifestage.ops;

import io.lifestage.decision.Publication;
import io.lifestage.wire.Decoded;
import io.lifestage.wire.InputDecoder;
import io.lifestage.wire.InputLimits;
import io.lifestage.wire.Origin;
import io.lifestage.wire.SchemaRegistry;
import io.lifestage.wire.Topic;
import java.util.ArrayList;
import java.util.List;

/** Reads what was published, as a job reads it. */
public final class PublishedDefinitions {
  private PublishedDefinitions() {}

  /**
   * All publications that are in good order. What is a dead letter for the job is left out.
   *
   * @param prefix what the topics' names begin with; may be empty
   */
  public static List<Publication> read(
      CommittedRecords records, SchemaRegistry registry, String prefix)
      throws InterruptedException {
    InputLimits limits = prefix.isEmpty() ? InputLimits.LIVE : InputLimits.HISTORIC;
    InputDecoder decoder = new InputDecoder(registry, prefix, limits);
    List<Publication> publications = new ArrayList<>();
    records.<InterruptedException>toTheEnd(
        records.partitions(List.of(Topic.DEFINITIONS.in(prefix))),
        record -> {
          Origin origin =
              new Origin(record.topic(), record.partition(), record.offset(), record.timestamp());
          if (decoder.decode(origin, record.key(), record.value())
              instanceof Decoded.OfDefinition of) {
            publications.add(of.publication());
          }
          return true;
        },
        CommittedRecords.Progress.UNHEARD);
    return publications;
  }
}
