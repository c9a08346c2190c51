package io.lifestage.operator;

import java.util.Objects;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/**
 * A type that Flink stores and ships by a {@link Codec}: for {@code returns(…)} on a stream and for
 * state descriptors. Without it Flink would choose by reflection, and fall to Kryo.
 *
 * <p>Not for keys: the bytes of a key decide where its state is, and they would change with the
 * version. Keys are strings.
 *
 * @param <T> the type
 */
public final class CodecTypeInfo<T> extends TypeInformation<T> {
  private static final long serialVersionUID = 1L;

  private final Class<T> type;
  private final CodecSerializer<T> serializer;

  /** The type's class and how its values become bytes. */
  public CodecTypeInfo(Class<T> type, Codec<T> codec) {
    this.type = Objects.requireNonNull(type, "type");
    this.serializer = new CodecSerializer<>(codec);
  }

  @Override
  public TypeSerializer<T> createSerializer(SerializerConfig config) {
    return serializer;
  }

  @Override
  public Class<T> getTypeClass() {
    return type;
  }

  @Override
  public boolean isBasicType() {
    return false;
  }

  @Override
  public boolean isTupleType() {
    return false;
  }

  @Override
  public int getArity() {
    return 1;
  }

  @Override
  public int getTotalFields() {
    return 1;
  }

  @Override
  public boolean isKeyType() {
    return false;
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof CodecTypeInfo;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CodecTypeInfo<?> that
        && type == that.type
        && serializer.equals(that.serializer);
  }

  @Override
  public int hashCode() {
    return Objects.hash(type, serializer);
  }

  @Override
  public String toString() {
    return type.getSimpleName() + " by codec " + serializer.codec().id();
  }
}
