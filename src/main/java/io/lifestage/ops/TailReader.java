package io.lifestage.ops;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lifestage.wire.PrintedRecord;
import io.lifestage.wire.RecordPrinter;
import io.lifestage.wire.RegistryUnreachableException;
import io.lifestage.wire.SchemaRegistry;
import io.lifestage.wire.Topic;
import io.lifestage.wire.UndecodableRecordException;
import io.lifestage.wire.UnknownSchemaException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Makes any record of one topic readable; one that can't be decoded is shown with the reason. */
public final class TailReader {
  private final Topic topic;
  private final RecordPrinter printer;

  public TailReader(Topic topic, SchemaRegistry registry) {
    this.topic = topic;
    this.printer = new RecordPrinter(registry);
  }

  /** The record, read as far as it can be. */
  public TailedRecord read(ConsumerRecord<byte[], byte[]> record)
      throws RegistryUnreachableException {
    PrintedRecord fields = null;
    String problem = null;
    // A dead letter is what could not be read: its headers say why.
    if (record.value() != null && topic != Topic.DEAD_LETTERS) {
      try {
        fields = new PrintedRecord(printer.read(record.value()));
      } catch (UndecodableRecordException | UnknownSchemaException e) {
        problem = e.getMessage();
      }
    }
    return new TailedRecord(
        topic,
        record.topic(),
        record.partition(),
        record.offset(),
        record.timestamp(),
        text(record.key()),
        headers(record),
        record.value(),
        fields,
        problem);
  }

  private static Map<String, String> headers(ConsumerRecord<?, ?> record) {
    Map<String, String> headers = new TreeMap<>();
    for (Header header : record.headers()) {
      headers.put(header.key(), text(header.value()));
    }
    return headers;
  }

  private static String text(byte[] bytes) {
    return bytes == null ? null : new String(bytes, UTF_8);
  }
}
