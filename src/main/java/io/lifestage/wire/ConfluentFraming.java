package io.lifestage.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/**
 * Confluent's wire format: a zero byte, the schema's id in four bytes (big endian), Avro binary.
 *
 * <p>Keeps its buffers between records, so it belongs to one thread.
 *
 * @see <a
 *     href="https://docs.confluent.io/platform/current/schema-registry/fundamentals/serdes-develop/index.html#wire-format">Wire
 *     format</a>
 */
public final class ConfluentFraming {

  /** Where the Avro binary begins. */
  public static final int HEADER_LENGTH = 1 + Integer.BYTES;

  private static final byte MAGIC = 0;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private BinaryEncoder encoder;
  private BinaryDecoder decoder;

  /** {@code datum} as {@code writer} writes it, announced as schema {@code id}. */
  public <T> byte[] write(int id, T datum, DatumWriter<T> writer) {
    out.reset();
    out.writeBytes(ByteBuffer.allocate(HEADER_LENGTH).put(MAGIC).putInt(id).array());
    encoder = EncoderFactory.get().directBinaryEncoder(out, encoder);
    try {
      writer.write(datum, encoder);
    } catch (IOException e) {
      throw new UncheckedIOException("Memory does not fail to be written to", e);
    }
    return out.toByteArray();
  }

  /**
   * The id that {@code record} announces.
   *
   * @throws UndecodableRecordException if it is not framed at all
   */
  public static int schemaId(byte[] record) throws UndecodableRecordException {
    if (record.length < HEADER_LENGTH) {
      throw new UndecodableRecordException(
          Defect.TOO_SHORT, "%d bytes are too few for a framed record".formatted(record.length));
    }
    if (record[0] != MAGIC) {
      throw new UndecodableRecordException(
          Defect.BAD_MAGIC_BYTE,
          "The first byte is %d; a framed record begins with 0".formatted(record[0]));
    }
    return ByteBuffer.wrap(record, 1, Integer.BYTES).getInt();
  }

  /**
   * The datum in {@code record}, read whole.
   *
   * @param reader for the schema of {@link #schemaId}
   * @throws UndecodableRecordException if the bytes do not fit the schema, or go on after it
   */
  public <T> T read(byte[] record, DatumReader<T> reader) throws UndecodableRecordException {
    int id = schemaId(record);
    decoder =
        DecoderFactory.get()
            .binaryDecoder(record, HEADER_LENGTH, record.length - HEADER_LENGTH, decoder);
    try {
      T datum = reader.read(null, decoder);
      if (!decoder.isEnd()) {
        throw new UndecodableRecordException(
            Defect.TRAILING_BYTES, "The record goes on after schema " + id + " ends");
      }
      return datum;
    } catch (IOException | RuntimeException e) {
      // Avro answers bytes that do not fit with whatever they lead it to.
      throw new UndecodableRecordException(
          Defect.UNDECODABLE, "The record does not fit schema " + id, e);
    }
  }
}
