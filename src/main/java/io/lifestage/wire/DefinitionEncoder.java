package io.lifestage.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lifestage.decision.Publication;
import io.lifestage.wire.avro.Definition;
import java.time.Instant;
import java.util.Map;
import org.apache.avro.specific.SpecificDatumWriter;

/** Publications as records of the definitions' topic. */
public final class DefinitionEncoder {
  private final String topic;
  private final int schemaId;
  private final ConfluentFraming framing = new ConfluentFraming();

  /**
   * An encoder for one thread.
   *
   * @param prefix what the topics' names begin with; may be empty
   * @param ids schema ids by topic
   */
  public DefinitionEncoder(String prefix, Map<Topic, Integer> ids) {
    this.topic = Topic.DEFINITIONS.in(prefix);
    this.schemaId = ids.get(Topic.DEFINITIONS);
  }

  /** The record; its time is left to the broker. */
  public OutboundRecord encode(Publication publication) {
    Definition record =
        Definition.newBuilder()
            .setKind(publication.kind())
            .setId(publication.id())
            .setVersion(publication.version())
            .setEffectiveAt(Instant.ofEpochMilli(publication.takesEffectAt()))
            .setBody(publication.body())
            .setHash(Digest.sha256(publication.body().getBytes(UTF_8)))
            .setBatch(publication.batch())
            .setBatchSize(publication.batchSize())
            .build();
    byte[] value = framing.write(schemaId, record, new SpecificDatumWriter<>(Definition.class));
    return new OutboundRecord(
        topic, publication.key().getBytes(UTF_8), value, publication.takesEffectAt(), Map.of());
  }
}
