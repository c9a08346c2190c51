package io.lifestage.wire;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DatumReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Readers from whatever schema a record was written with to the schema of this release, one per
 * schema id. What the registry answers is remembered; while it does not answer, the record waits.
 */
final class RecordReaders {
  private static final Logger LOG = LoggerFactory.getLogger(RecordReaders.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  private static final int REFUSALS_REMEMBERED = 1_000;

  /** Waits between two questions to a registry that does not answer. */
  interface Pause {
    void last(Duration pause) throws InterruptedException;
  }

  private record Announced(Topic topic, int id) {}

  private record Refusal(Defect defect, String detail, long askedAt) {}

  private interface Question<T> {
    T ask() throws RegistryUnreachableException, UnknownSchemaException;
  }

  private final SchemaRegistry registry;
  private final String prefix;
  private final InstantSource clock;
  private final Pause pause;
  private final GenericData data = new GenericData().setFastReaderEnabled(true);
  private final Map<Announced, DatumReader<GenericRecord>> readers = new HashMap<>();
  private final Map<Announced, Refusal> refusals =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Announced, Refusal> eldest) {
          return size() > REFUSALS_REMEMBERED;
        }
      };

  RecordReaders(SchemaRegistry registry, String prefix, InstantSource clock, Pause pause) {
    this.registry = registry;
    this.prefix = prefix;
    this.clock = clock;
    this.pause = pause;
  }

  /**
   * The reader for a record of {@code topic} that announces schema {@code id}.
   *
   * @throws UnusableRecordException if the registry does not know the id, or not for this topic
   * @throws InterruptedException if interrupted while the registry does not answer
   */
  DatumReader<GenericRecord> reader(Topic topic, int id, Origin origin)
      throws UnusableRecordException, InterruptedException {
    Announced announced = new Announced(topic, id);
    DatumReader<GenericRecord> known = readers.get(announced);
    if (known != null) {
      return known;
    }
    Refusal refusal = refusals.get(announced);
    // A record that was appended before the question cannot have been written with a schema that
    // was registered after it. For one that was appended later, the answer may have changed.
    if (refusal == null || origin.timestamp() >= refusal.askedAt()) {
      long askedAt = clock.millis();
      try {
        DatumReader<GenericRecord> reader = open(topic, id, origin);
        readers.put(announced, reader);
        return reader;
      } catch (UnusableRecordException e) {
        refusal = new Refusal(e.defect(), e.getMessage(), askedAt);
        refusals.put(announced, refusal);
      }
    }
    throw new UnusableRecordException(refusal.defect(), refusal.detail());
  }

  /** The subject first: an id of somebody else's topic need not even be an Avro schema. */
  private DatumReader<GenericRecord> open(Topic topic, int id, Origin origin)
      throws UnusableRecordException, InterruptedException {
    try {
      String subject = topic.subjectIn(prefix);
      Set<String> subjects = answer(() -> registry.subjectsOf(id), id, origin);
      if (!subjects.contains(subject)) {
        throw new UnusableRecordException(
            Defect.OTHER_SUBJECT,
            "Schema %d belongs to %s, not to %s".formatted(id, subjects, subject));
      }
      Schema writer = answer(() -> registry.byId(id), id, origin);
      return new GenericDatumReader<>(writer, topic.schema(), data);
    } catch (UnknownSchemaException e) {
      throw new UnusableRecordException(Defect.UNKNOWN_SCHEMA_ID, e.getMessage(), e);
    } catch (AvroRuntimeException e) {
      throw new UnusableRecordException(
          Defect.UNDECODABLE, "Schema %d cannot be read: %s".formatted(id, e.getMessage()), e);
    }
  }

  private <T> T answer(Question<T> question, int id, Origin origin)
      throws UnknownSchemaException, InterruptedException {
    Duration next = FIRST_PAUSE;
    while (true) {
      try {
        return question.ask();
      } catch (RegistryUnreachableException e) {
        LOG.warn(
            "Partition {}-{} is held at offset {}, which needs schema {}; asking again in {} ms. {}",
            origin.topic(),
            origin.partition(),
            origin.offset(),
            id,
            next.toMillis(),
            e.getMessage());
        pause.last(next);
        next =
            next.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
                ? next.multipliedBy(2)
                : LONGEST_PAUSE;
      }
    }
  }
}
