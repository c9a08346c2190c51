package io.lifestage.operator;

import java.io.IOException;
import java.util.Objects;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Flink's view of a {@link Codec}: one byte with the version, then what the codec writes.
 *
 * @param <T> the type
 */
public final class CodecSerializer<T> extends TypeSerializer<T> {
  private static final long serialVersionUID = 1L;
  private static final int COPY_BUFFER_BYTES = 256;

  private final Codec<T> codec;

  /** A serializer that writes and reads by the codec. */
  public CodecSerializer(Codec<T> codec) {
    this.codec = Objects.requireNonNull(codec, "codec");
    int version = codec.version();
    if (version < 1 || version > Byte.MAX_VALUE) {
      throw new IllegalArgumentException(
          "Codec " + codec.id() + " has version " + version + "; versions are 1 to 127");
    }
  }

  Codec<T> codec() {
    return codec;
  }

  @Override
  public void serialize(T value, DataOutputView out) throws IOException {
    Objects.requireNonNull(value, codec::id);
    out.writeByte(codec.version());
    codec.write(value, out);
  }

  @Override
  public T deserialize(DataInputView in) throws IOException {
    int version = in.readByte();
    if (version < 1 || version > codec.version()) {
      throw new IOException(
          "A value of "
              + codec.id()
              + " was written in version "
              + version
              + "; this job reads versions 1 to "
              + codec.version());
    }
    return codec.read(version, in);
  }

  @Override
  public T deserialize(T reuse, DataInputView in) throws IOException {
    return deserialize(in);
  }

  @Override
  public T copy(T from) {
    if (from == null || codec.immutable()) {
      return from;
    }
    try {
      DataOutputSerializer out = new DataOutputSerializer(COPY_BUFFER_BYTES);
      codec.write(from, out);
      return codec.read(
          codec.version(), new DataInputDeserializer(out.getSharedBuffer(), 0, out.length()));
    } catch (IOException e) {
      throw new IllegalStateException("Could not copy a value of " + codec.id(), e);
    }
  }

  @Override
  public T copy(T from, T reuse) {
    return copy(from);
  }

  /** Copies through the present version, since only a codec knows where a value ends. */
  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    serialize(deserialize(source), target);
  }

  @Override
  public boolean isImmutableType() {
    return codec.immutable();
  }

  /** Null: no value of ours can be filled in later. */
  @Override
  public T createInstance() {
    return null;
  }

  @Override
  public int getLength() {
    return -1;
  }

  /** Itself: codecs have no fields, so threads can share them. */
  @Override
  public TypeSerializer<T> duplicate() {
    return this;
  }

  @Override
  public TypeSerializerSnapshot<T> snapshotConfiguration() {
    return new CodecSnapshot<>(codec);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CodecSerializer<?> that
        && codec.getClass() == that.codec.getClass()
        && codec.id().equals(that.codec.id())
        && codec.version() == that.codec.version();
  }

  @Override
  public int hashCode() {
    return Objects.hash(codec.getClass(), codec.id(), codec.version());
  }
}
