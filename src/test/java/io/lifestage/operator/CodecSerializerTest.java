package io.lifestage.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class CodecSerializerTest {
  /** A shop as the present version knows it; version 1 had no city. */
  record Shop(String name, String city) {}

  /** The codec as it was before shops had cities. */
  public static final class ShopCodec1 extends ShopCodec {
    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(Shop shop, DataOutput out) throws IOException {
      out.writeUTF(shop.name());
    }
  }

  /** The present codec. */
  public static class ShopCodec implements Codec<Shop> {
    private static final long serialVersionUID = 1L;

    @Override
    public String id() {
      return "shop";
    }

    @Override
    public int version() {
      return 2;
    }

    @Override
    public void write(Shop shop, DataOutput out) throws IOException {
      out.writeUTF(shop.name());
      out.writeUTF(shop.city());
    }

    @Override
    public Shop read(int version, DataInput in) throws IOException {
      return new Shop(in.readUTF(), version < 2 ? "unknown" : in.readUTF());
    }
  }

  /** Another format of the same type. */
  public static final class OtherCodec extends ShopCodec {
    @Override
    public String id() {
      return "other";
    }
  }

  /** A codec that savepoints could not make again. */
  public static final class UnmakeableCodec extends ShopCodec {
    /** Wants an argument. */
    public UnmakeableCodec(String argument) {
      assertThat(argument).isNotNull();
    }
  }

  /** A type whose values change. */
  public static final class CounterCodec implements Codec<int[]> {
    private static final long serialVersionUID = 1L;

    @Override
    public String id() {
      return "counter";
    }

    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(int[] value, DataOutput out) throws IOException {
      out.writeInt(value[0]);
    }

    @Override
    public int[] read(int version, DataInput in) throws IOException {
      return new int[] {in.readInt()};
    }

    @Override
    public boolean immutable() {
      return false;
    }
  }

  private static final Shop SHOP = new Shop("Corner", "Ghent");

  private final CodecSerializer<Shop> v1 = new CodecSerializer<>(new ShopCodec1());
  private final CodecSerializer<Shop> v2 = new CodecSerializer<>(new ShopCodec());

  @Test
  void aValueComesBackAsItWas() throws IOException {
    DataInputDeserializer in = bytes(v2, SHOP);

    assertThat(v2.deserialize(in)).isEqualTo(SHOP);
    assertThat(in.available()).isZero();
  }

  @Test
  void aValueOfAnOlderVersionIsReadAsItWasWritten() throws IOException {
    assertThat(v2.deserialize(bytes(v1, SHOP))).isEqualTo(new Shop("Corner", "unknown"));
  }

  @Test
  void aValueOfANewerVersionIsRefusedByNameAndVersion() throws IOException {
    DataInputDeserializer newer = bytes(v2, SHOP);

    assertThatThrownBy(() -> v1.deserialize(newer))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("shop")
        .hasMessageContaining("version 2");
  }

  @Test
  void copyingBytesCopiesOneValueAndBringsItToThePresentVersion() throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(16);

    v2.copy(bytes(v1, SHOP), out);

    DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
    assertThat(in.readByte()).isEqualTo((byte) 2);
    assertThat(new ShopCodec().read(2, in)).isEqualTo(new Shop("Corner", "unknown"));
    assertThat(in.available()).isZero();
  }

  @Test
  void immutableValuesAreSharedAndChangingOnesAreCopied() {
    CodecSerializer<int[]> changing = new CodecSerializer<>(new CounterCodec());
    int[] counter = {7};

    assertThat(v2.copy(SHOP)).isSameAs(SHOP);
    assertThat(v2.copy(null)).isNull();
    assertThat(changing.copy(counter)).isNotSameAs(counter).containsExactly(7);
    assertThat(changing.isImmutableType()).isFalse();
  }

  @Test
  void aRestoredSnapshotReadsWhatWasStored() throws IOException {
    TypeSerializer<Shop> restored = stored(v2).restoreSerializer();

    assertThat(restored).isEqualTo(v2);
    assertThat(restored.deserialize(bytes(v2, SHOP))).isEqualTo(SHOP);
    assertThat(restored.deserialize(bytes(v1, SHOP)).city()).isEqualTo("unknown");
  }

  @Test
  void stateOfTheSameOrAnOlderVersionIsUsedAsItIs() throws IOException {
    TypeSerializerSnapshot<Shop> now = v2.snapshotConfiguration();

    assertThat(now.resolveSchemaCompatibility(stored(v2)).isCompatibleAsIs()).isTrue();
    assertThat(now.resolveSchemaCompatibility(stored(v1)).isCompatibleAsIs()).isTrue();
  }

  @Test
  void stateOfANewerVersionOrAnotherFormatIsRefused() throws IOException {
    CodecSerializer<Shop> other = new CodecSerializer<>(new OtherCodec());

    assertThat(v1.snapshotConfiguration().resolveSchemaCompatibility(stored(v2)).isIncompatible())
        .isTrue();
    assertThat(
            v2.snapshotConfiguration().resolveSchemaCompatibility(stored(other)).isIncompatible())
        .isTrue();
  }

  @Test
  void aCodecThatCannotBeMadeAgainIsNamedWhenStateIsRestored() {
    assertThatThrownBy(() -> stored(new CodecSerializer<>(new UnmakeableCodec("x"))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("UnmakeableCodec");
  }

  @Test
  void theTypeTravelsWithTheJobGraphAndIsNoKey() throws Exception {
    CodecTypeInfo<Shop> type = new CodecTypeInfo<>(Shop.class, new ShopCodec());

    assertThat(InstantiationUtil.clone(type)).isEqualTo(type);
    assertThat(type.isKeyType()).isFalse();
    assertThat(type.createSerializer(new SerializerConfigImpl())).isEqualTo(v2);
    assertThat(type).isNotEqualTo(new CodecTypeInfo<>(Shop.class, new ShopCodec1()));
  }

  private static <T> DataInputDeserializer bytes(CodecSerializer<T> serializer, T value)
      throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(16);
    serializer.serialize(value, out);
    return new DataInputDeserializer(out.getCopyOfBuffer());
  }

  /** The snapshot after a way through a savepoint. */
  private static <T> TypeSerializerSnapshot<T> stored(TypeSerializer<T> serializer)
      throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    TypeSerializerSnapshot.writeVersionedSnapshot(out, serializer.snapshotConfiguration());
    return TypeSerializerSnapshot.readVersionedSnapshot(
        new DataInputDeserializer(out.getCopyOfBuffer()),
        CodecSerializerTest.class.getClassLoader());
  }
}
