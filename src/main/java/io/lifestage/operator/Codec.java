package io.lifestage.operator;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;

/**
 * How values of one type become bytes, on a stream and in state, by code that somebody wrote and
 * can read. {@link CodecTypeInfo} hands it to Flink.
 *
 * <p>The version stands in front of every value ({@link CodecSerializer} writes it, an
 * implementation does not), so a new version needs no migration: each value is read as it was
 * written, and is written in the present version when it is next stored. A type with ten million
 * values in state is upgraded without touching one of them.
 *
 * <p>An implementation is a top-level or static class with a public constructor without arguments,
 * and has no fields: savepoints remember its class name, and a restored job makes a new one. So the
 * class name and {@link #id} are a contract for as long as a savepoint is to be read.
 *
 * @param <T> the type
 */
public interface Codec<T> extends Serializable {

  /** A name for the format, such as {@code event}; the same in all its versions. */
  String id();

  /** The version that {@link #write} writes, 1 to 127. Counted up with every change of format. */
  int version();

  /**
   * Writes a value in the present version.
   *
   * @param value never null
   */
  void write(T value, DataOutput out) throws IOException;

  /**
   * Reads what {@link #write} wrote, and consumes just that.
   *
   * @param version the version in which the value was written, at most {@link #version}
   */
  T read(int version, DataInput in) throws IOException;

  /**
   * Whether values never change, and so can be shared between operators and with a snapshot that is
   * being written. Otherwise they are copied by writing and reading.
   */
  default boolean immutable() {
    return true;
  }
}
