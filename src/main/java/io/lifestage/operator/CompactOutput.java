package io.lifestage.operator;

import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;

/**
 * Writes what {@link CompactInput} reads: numbers in as few bytes as they need, texts in UTF-8
 * after their length, and the words of the vocabulary as one byte.
 */
final class CompactOutput {
  private final DataOutput out;

  CompactOutput(DataOutput out) {
    this.out = out;
  }

  /** Writes one element of a collection. */
  @FunctionalInterface
  interface Writer<T> {
    void write(T value) throws IOException;
  }

  void bool(boolean value) throws IOException {
    out.writeBoolean(value);
  }

  /** A number, small magnitudes short: zigzag, then seven bits a byte, the lowest first. */
  void number(long value) throws IOException {
    long rest = (value << 1) ^ (value >> 63);
    while ((rest & ~0x7FL) != 0) {
      out.writeByte((int) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    out.writeByte((int) rest);
  }

  void real(double value) throws IOException {
    out.writeDouble(value);
  }

  /** A text, or null. */
  void text(String value) throws IOException {
    if (value == null) {
      number(-1);
      return;
    }
    bytes(value.getBytes(StandardCharsets.UTF_8));
  }

  /** Bytes, or null. */
  void bytes(byte[] value) throws IOException {
    if (value == null) {
      number(-1);
      return;
    }
    number(value.length);
    out.write(value);
  }

  /** A text that is likely a word of the vocabulary, or null. */
  void word(String value) throws IOException {
    int code = Vocabulary.codeOf(value);
    out.writeByte(code);
    if (code == Vocabulary.UNLISTED) {
      text(value);
    }
  }

  <T> void all(Collection<T> values, Writer<T> writer) throws IOException {
    number(values.size());
    for (T value : values) {
      writer.write(value);
    }
  }

  <V> void map(Map<String, V> map, Writer<V> writer) throws IOException {
    number(map.size());
    for (Map.Entry<String, V> entry : map.entrySet()) {
      word(entry.getKey());
      writer.write(entry.getValue());
    }
  }
}
