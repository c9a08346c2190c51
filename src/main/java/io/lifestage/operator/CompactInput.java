package io.lifestage.operator;

import java.io.DataInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what {@link CompactOutput} wrote, in the same order. */
final class CompactInput {
  private final DataInput in;

  CompactInput(DataInput in) {
    this.in = in;
  }

  /** Reads one element of a collection. */
  @FunctionalInterface
  interface Reader<T> {
    T read() throws IOException;
  }

  boolean bool() throws IOException {
    return in.readBoolean();
  }

  long number() throws IOException {
    long rest = 0;
    int shift = 0;
    byte next;
    do {
      next = in.readByte();
      rest |= (next & 0x7FL) << shift;
      shift += 7;
    } while (next < 0);
    return (rest >>> 1) ^ -(rest & 1);
  }

  /** A number that was an int. */
  int count() throws IOException {
    return Math.toIntExact(number());
  }

  double real() throws IOException {
    return in.readDouble();
  }

  String text() throws IOException {
    byte[] bytes = bytes();
    return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
  }

  byte[] bytes() throws IOException {
    int length = count();
    if (length < 0) {
      return null;
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return bytes;
  }

  String word() throws IOException {
    int code = in.readUnsignedByte();
    return code == Vocabulary.UNLISTED ? text() : Vocabulary.wordOf(code);
  }

  /** The elements in their order; the list can not be changed. */
  <T> List<T> all(Reader<T> reader) throws IOException {
    int size = count();
    if (size == 0) {
      return List.of();
    }
    List<T> values = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      values.add(reader.read());
    }
    return values;
  }

  /** The entries in their order; nobody changes the map. */
  <V> Map<String, V> map(Reader<V> reader) throws IOException {
    int size = count();
    if (size == 0) {
      return Map.of();
    }
    Map<String, V> values = new LinkedHashMap<>(2 * size);
    for (int i = 0; i < size; i++) {
      values.put(word(), reader.read());
    }
    return values;
  }
}
