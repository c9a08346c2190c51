package io.lifestage.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.util.Utf8;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfluentFramingTest {

  private static final Schema ORDER =
      SchemaBuilder.record("Order").fields().requiredString("id").endRecord();

  private final ConfluentFraming framing = new ConfluentFraming();

  @Test
  void aRecordIsAZeroTheIdAndTheDatum() {
    assertThat(written(0x01020304, "A")).containsExactly(0, 1, 2, 3, 4, 2, 'A');
  }

  @Test
  void whatWasWrittenIsRead() throws UndecodableRecordException {
    byte[] record = written(42, "A-17");

    assertThat(ConfluentFraming.schemaId(record)).isEqualTo(42);
    assertThat(read(record)).isEqualTo(order("A-17"));
  }

  @Test
  void aShortRecordAfterALongOneCarriesNothingOfIt() throws UndecodableRecordException {
    byte[] first = written(1, "a long identifier");
    byte[] second = written(1, "b");

    assertThat(read(first)).isEqualTo(order("a long identifier"));
    assertThat(read(second)).isEqualTo(order("b"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4})
  void fewerBytesThanAHeaderAreUndecodable(int length) {
    assertThatExceptionOfType(UndecodableRecordException.class)
        .isThrownBy(() -> ConfluentFraming.schemaId(new byte[length]))
        .withMessageContaining(length + " bytes");
  }

  @Test
  void anotherFirstByteIsUndecodable() {
    assertThatExceptionOfType(UndecodableRecordException.class)
        .isThrownBy(() -> ConfluentFraming.schemaId(new byte[] {'{', '"', 'i', 'd', '"', '}'}))
        .withMessageContaining("123");
  }

  @Test
  void aRecordCutShortIsUndecodable() {
    byte[] record = written(42, "A-17");

    assertThatExceptionOfType(UndecodableRecordException.class)
        .isThrownBy(() -> read(Arrays.copyOf(record, record.length - 1)));
  }

  @Test
  void aRecordThatGoesOnIsUndecodable() {
    byte[] record = written(42, "A-17");

    assertThatExceptionOfType(UndecodableRecordException.class)
        .isThrownBy(() -> read(Arrays.copyOf(record, record.length + 1)))
        .withMessageContaining("goes on");
  }

  @Test
  void aLengthBelowZeroIsUndecodable() {
    assertThatExceptionOfType(UndecodableRecordException.class)
        .isThrownBy(() -> read(new byte[] {0, 0, 0, 0, 42, 1}));
  }

  /** The length is taken from the record before the bytes are there; it must not be believed. */
  @Test
  void aLengthFarBeyondTheRecordIsUndecodableAndTakesNoMemory() {
    byte[] twoGigabytes = {0, 0, 0, 0, 42, -2, -1, -1, -1, 15};

    assertThatExceptionOfType(UndecodableRecordException.class)
        .isThrownBy(() -> read(twoGigabytes));
  }

  @Test
  void afterAnUndecodableRecordTheNextIsRead() throws UndecodableRecordException {
    byte[] next = written(42, "A-18");
    assertThatExceptionOfType(UndecodableRecordException.class)
        .isThrownBy(() -> read(new byte[] {0, 0, 0, 0, 42, 9, 9}));

    assertThat(read(next)).isEqualTo(order("A-18"));
  }

  private byte[] written(int schemaId, String orderId) {
    return framing.write(schemaId, order(orderId), new GenericDatumWriter<>(ORDER));
  }

  private GenericRecord read(byte[] record) throws UndecodableRecordException {
    return framing.read(record, new GenericDatumReader<GenericRecord>(ORDER));
  }

  private static GenericRecord order(String id) {
    return new GenericRecordBuilder(ORDER).set("id", new Utf8(id)).build();
  }
}
