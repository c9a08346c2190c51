package io.lifestage.wire;

import io.lifestage.wire.Decoded.DeadLetter;
import io.lifestage.wire.Decoded.OfDefinition;
import io.lifestage.wire.Decoded.OfEvent;
import io.lifestage.wire.Decoded.OfProduct;
import io.lifestage.wire.Decoded.ProductGone;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;

/**
 * From the bytes of an input topic to what they say. No bytes make it throw: what cannot be used
 * becomes a {@link DeadLetter} with its reason. A record whose schema the registry has not been
 * able to give yet is held, with a warning for each time that it asks again, until the registry
 * answers.
 *
 * <p>Keeps buffers and readers between records, so it belongs to one thread.
 */
public final class InputDecoder {

  private final String prefix;
  private final RecordReaders readers;
  private final ProductReader products;
  private final DefinitionReader definitions;
  private final Map<Topic, EventReader> events = new EnumMap<>(Topic.class);
  private final ConfluentFraming framing = new ConfluentFraming();

  /**
   * @param registry asked once per schema id
   * @param prefix what the topics' names begin with; may be empty
   * @param limits how far a record may go
   */
  public InputDecoder(SchemaRegistry registry, String prefix, InputLimits limits) {
    this(
        new RecordReaders(
            registry, prefix, InstantSource.system(), pause -> Thread.sleep(pause.toMillis())),
        prefix,
        limits);
  }

  InputDecoder(RecordReaders readers, String prefix, InputLimits limits) {
    this.prefix = prefix;
    this.readers = readers;
    this.products = new ProductReader(limits);
    this.definitions = new DefinitionReader(limits);
    for (Topic topic : Topic.values()) {
      if (topic.carriesEvents()) {
        events.put(topic, new EventReader(topic, limits));
      }
    }
  }

  /**
   * What a record says.
   *
   * @param origin where it was read
   * @param key its key, or null
   * @param value its value, or null
   * @throws InterruptedException if interrupted while the registry does not answer; the record is
   *     still to be read
   * @throws IllegalArgumentException if the topic is no input
   */
  public Decoded decode(Origin origin, byte[] key, byte[] value) throws InterruptedException {
    Topic topic = Topic.named(origin.topic(), prefix);
    if (!topic.isInput()) {
      throw new IllegalArgumentException(origin.topic() + " is no input");
    }
    try {
      return usable(topic, origin, key, value);
    } catch (UnusableRecordException e) {
      String exception = e.getCause() == null ? null : e.getCause().getClass().getName();
      return new DeadLetter(e.defect(), e.getMessage(), exception, origin, key, value);
    }
  }

  private Decoded usable(Topic topic, Origin origin, byte[] key, byte[] value)
      throws UnusableRecordException, InterruptedException {
    if (value == null) {
      return deletion(topic, origin, key);
    }
    int id = ConfluentFraming.schemaId(value);
    GenericRecord record = framing.read(value, readers.reader(topic, id, origin));
    return switch (topic) {
      case PRODUCTS -> new OfProduct(products.read(key, record), origin);
      case DEFINITIONS ->
          new OfDefinition(definitions.read(key, record, origin), origin, key, value);
      default -> new OfEvent(events.get(topic).read(record, origin), origin);
    };
  }

  private Decoded deletion(Topic topic, Origin origin, byte[] key) throws UnusableRecordException {
    return switch (topic) {
      case PRODUCTS -> new ProductGone(ProductReader.gone(key), origin.timestamp(), origin);
      case DEFINITIONS -> throw DefinitionReader.refusalToDelete(key);
      default -> throw new UnusableRecordException(Defect.NULL_VALUE, "A record without a value");
    };
  }
}
