package io.lifestage.operator;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.util.InstantiationUtil;

/**
 * What a savepoint remembers of a {@link CodecSerializer}: the codec's class, its id and the
 * version.
 *
 * <p>State of the same or an older version is used as it is, since every value says its version
 * (see {@link Codec}); state of a newer version, or of another id, is refused.
 *
 * @param <T> the type
 */
public final class CodecSnapshot<T> implements TypeSerializerSnapshot<T> {
  private static final int FORMAT = 1;

  private Codec<T> codec;
  private String id;
  private int version;

  /** For Flink, which then calls {@link #readSnapshot}. */
  public CodecSnapshot() {}

  CodecSnapshot(Codec<T> codec) {
    this.codec = codec;
    this.id = codec.id();
    this.version = codec.version();
  }

  @Override
  public int getCurrentVersion() {
    return FORMAT;
  }

  @Override
  public void writeSnapshot(DataOutputView out) throws IOException {
    out.writeUTF(codec.getClass().getName());
    out.writeUTF(id);
    out.writeByte(version);
  }

  @Override
  public void readSnapshot(int format, DataInputView in, ClassLoader loader) throws IOException {
    if (format != FORMAT) {
      throw new IOException("Codec snapshots of format " + format + " are not known");
    }
    String name = in.readUTF();
    id = in.readUTF();
    version = in.readByte();
    codec = instance(name, loader);
  }

  /** Reads every version up to the one that the codec's class has now. */
  @Override
  public TypeSerializer<T> restoreSerializer() {
    return new CodecSerializer<>(codec);
  }

  @Override
  public TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(
      TypeSerializerSnapshot<T> old) {
    boolean readable =
        old instanceof CodecSnapshot<T> that && id.equals(that.id) && that.version <= version;
    return readable
        ? TypeSerializerSchemaCompatibility.compatibleAsIs()
        : TypeSerializerSchemaCompatibility.incompatible();
  }

  /** The name is one that {@link #writeSnapshot} wrote for a codec of this type. */
  @SuppressWarnings("unchecked")
  private Codec<T> instance(String name, ClassLoader loader) throws IOException {
    try {
      return (Codec<T>)
          InstantiationUtil.instantiate(Class.forName(name, false, loader).asSubclass(Codec.class));
    } catch (ClassNotFoundException | RuntimeException e) {
      throw new IOException(
          "State of " + id + " was written by the codec " + name + ", which cannot be made", e);
    }
  }
}
