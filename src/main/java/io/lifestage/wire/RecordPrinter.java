package io.lifestage.wire;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;

/**
 * Any framed record of any topic as plain Java values, for people and for JSON: maps in the order
 * of the schema's fields, lists, texts, numbers, booleans, nulls. Times become ISO-8601 in UTC,
 * bytes hexadecimal digits. Read with the schema that the record was written with, so that fields
 * of other releases show too.
 *
 * <p>Keeps its buffers and readers between records, so it belongs to one thread.
 */
public final class RecordPrinter {

  private final SchemaRegistry registry;
  private final Set<String> wanted;
  private final ConfluentFraming framing = new ConfluentFraming();
  private final Map<Integer, GenericDatumReader<GenericRecord>> readers = new HashMap<>();

  /** Reads every field. */
  public RecordPrinter(SchemaRegistry registry) {
    this(registry, Set.of());
  }

  /**
   * Reads some fields and steps over the others, for whoever reads many records for little.
   *
   * @param wanted names of the record's own fields; empty for all
   */
  public RecordPrinter(SchemaRegistry registry, Set<String> wanted) {
    this.registry = registry;
    this.wanted = Set.copyOf(wanted);
  }

  /**
   * The fields of a record by name.
   *
   * @param value the value of a record, framed; never null
   * @throws UndecodableRecordException if the bytes are not what they claim to be
   * @throws UnknownSchemaException if the registry does not know the schema
   */
  public Map<String, Object> read(byte[] value)
      throws UndecodableRecordException, UnknownSchemaException, RegistryUnreachableException {
    int id = ConfluentFraming.schemaId(value);
    GenericDatumReader<GenericRecord> reader = readers.get(id);
    if (reader == null) {
      Schema written = registry.byId(id);
      reader = new GenericDatumReader<>(written, wanted.isEmpty() ? written : part(written));
      readers.put(id, reader);
    }
    return fields(framing.read(value, reader));
  }

  private Schema part(Schema whole) {
    List<Schema.Field> fields =
        whole.getFields().stream()
            .filter(field -> wanted.contains(field.name()))
            .map(field -> new Schema.Field(field, field.schema()))
            .toList();
    return Schema.createRecord(
        whole.getName(), whole.getDoc(), whole.getNamespace(), false, fields);
  }

  private static Map<String, Object> fields(IndexedRecord record) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (Schema.Field field : record.getSchema().getFields()) {
      fields.put(field.name(), plain(record.get(field.pos()), field.schema()));
    }
    return fields;
  }

  private static Object plain(Object value, Schema schema) {
    if (value == null) {
      return null;
    }
    return switch (schema.getType()) {
      case UNION -> plain(value, present(schema));
      case RECORD -> fields((IndexedRecord) value);
      case ARRAY ->
          ((List<?>) value).stream().map(each -> plain(each, schema.getElementType())).toList();
      case MAP -> {
        Map<String, Object> entries = new TreeMap<>();
        ((Map<?, ?>) value)
            .forEach(
                (name, each) -> entries.put(name.toString(), plain(each, schema.getValueType())));
        yield entries;
      }
      case LONG -> isTime(schema) ? Instant.ofEpochMilli((Long) value).toString() : value;
      case STRING, ENUM -> value.toString();
      case BYTES -> HexFormat.of().formatHex(bytes((ByteBuffer) value));
      default -> value;
    };
  }

  /**
   * The branch of an optional field that is not null; there are no other unions in the contracts.
   */
  private static Schema present(Schema union) {
    return union.getTypes().stream()
        .filter(branch -> branch.getType() != Schema.Type.NULL)
        .findFirst()
        .orElseThrow();
  }

  private static boolean isTime(Schema schema) {
    return schema.getLogicalType() instanceof LogicalTypes.TimestampMillis;
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
