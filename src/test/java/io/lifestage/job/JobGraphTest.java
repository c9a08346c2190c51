package io.lifestage.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lifestage.definition.RetailPack;
import io.lifestage.operator.CodecSerializer;
import io.lifestage.operator.Encoders;
import io.lifestage.wire.ReadBack;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.typeutils.GenericTypeInfo;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What must be so of the graph that is submitted, whatever the cluster says. Each rule is also seen
 * to refuse a graph that breaks it.
 */
class JobGraphTest {
  private static final String LIVE = "";
  private static final String SPACE = "--space=shop";
  private static final String BOUNDED = "--space=shop --bounded=true";

  /** What Flink puts before the sink's name for the sink's second half. */
  private static final String COMMITTER = "Sink Committer: ";

  /** Flink's own for strings and numbers. */
  private static final String BASIC = "org.apache.flink.api.common.typeutils.base.";

  /** What the sink's writer hands to its committer, in the bytes of Kafka's connector. */
  private static final String COMMITTABLE =
      "org.apache.flink.streaming.api.connector.sink2.CommittableMessageTypeInfo";

  // Names

  @ParameterizedTest
  @ValueSource(strings = {LIVE, SPACE, BOUNDED})
  void everyOperatorHasANameOfItsOwnThatIsListed(String arguments) throws Exception {
    assertThat(namesOf(graph(arguments))).isEqualTo(listedNames());
  }

  @Test
  void everyListedNameSaysARoleAndAVersion() throws Exception {
    assertThat(listedNames()).allMatch(name -> name.matches("[a-z]+(-[a-z]+)*-v[1-9][0-9]*"));
  }

  @Test
  void anOperatorWithoutANameIsRefused() {
    StreamExecutionEnvironment env = environment();
    LifestageJob.wire(env, options(LIVE), parts());
    env.fromData("a")
        .uid("letters-v1")
        .map(letter -> letter)
        .returns(Types.STRING)
        .sinkTo(new DiscardingSink<>())
        .uid("end-v1");

    assertThatThrownBy(env::getStreamGraph)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Auto generated UIDs have been disabled");
  }

  @Test
  void anOperatorWithANameThatIsNotListedIsSeen() throws Exception {
    StreamExecutionEnvironment env = environment();
    LifestageJob.wire(env, options(LIVE), parts());
    env.fromData("a").uid("letters-v1").sinkTo(new DiscardingSink<>()).uid("end-v1");

    assertThat(namesOf(env.getStreamGraph())).isNotEqualTo(listedNames()).contains("end-v1");
  }

  @Test
  void theGraphOfTheJobIsNot() {
    StreamGraph graph = graph(LIVE);

    assertThatCode(graph::getJobGraph).doesNotThrowAnyException();
  }

  // Types

  @ParameterizedTest
  @ValueSource(strings = {LIVE, SPACE, BOUNDED})
  void everyTypeOnTheWayIsWrittenByACodec(String arguments) {
    assertThat(strangers(graph(arguments))).isEmpty();
  }

  @Test
  void aTypeThatFlinkFoundByItselfIsSeen() {
    StreamExecutionEnvironment env = environment();
    LifestageJob.wire(env, options(LIVE), parts());
    env.fromData(Types.POJO(Accident.class), new Accident())
        .uid("accidents-v1")
        .sinkTo(new DiscardingSink<>())
        .uid("end-v1");

    assertThat(strangers(env.getStreamGraph())).anyMatch(s -> s.contains("PojoSerializer"));
  }

  /** A class that Flink would store field by field. */
  public static final class Accident {
    public int field;
  }

  @Test
  void aGenericTypeIsRefused() {
    StreamExecutionEnvironment env = environment();
    LifestageJob.configure(env);

    assertThatThrownBy(() -> generic(env))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("Generic types have been disabled");
  }

  @Test
  void withoutTheGuardAGenericTypeWouldPass() {
    StreamExecutionEnvironment env = environment();

    assertThatCode(() -> generic(env)).doesNotThrowAnyException();
  }

  private static void generic(StreamExecutionEnvironment env) {
    TypeInformation<StringBuilder> kryo = new GenericTypeInfo<>(StringBuilder.class);
    env.fromData(kryo, new StringBuilder())
        .uid("builders-v1")
        .sinkTo(new DiscardingSink<>())
        .uid("end-v1");
    assertThat(env.getStreamGraph().getStreamNodes()).hasSize(2);
  }

  // Settings

  @Test
  void theMaximumOfParallelismIsFixedAndObjectsAreReused() {
    StreamExecutionEnvironment env = environment();
    LifestageJob.wire(env, options(LIVE), parts());

    assertThat(env.getMaxParallelism()).isEqualTo(720);
    assertThat(env.getConfig().isObjectReuseEnabled()).isTrue();
    assertThat(env.getStreamGraph().getStreamNodes())
        .filteredOn(node -> node.getMaxParallelism() != 720)
        .allMatch(node -> node.getParallelism() == 1);
  }

  private static StreamExecutionEnvironment environment() {
    return StreamExecutionEnvironment.createLocalEnvironment(2);
  }

  private static StreamGraph graph(String arguments) {
    StreamExecutionEnvironment env = environment();
    LifestageJob.wire(env, options(arguments), parts());
    return env.getStreamGraph();
  }

  private static JobOptions options(String arguments) {
    String[] words = arguments.isEmpty() ? new String[0] : arguments.split(" ");
    return JobOptions.parse(words, Map.of());
  }

  private static JobParts parts() {
    return new JobParts(
        RetailPack.sources(),
        options(LIVE).policy(),
        Long.MAX_VALUE,
        new Encoders("", ReadBack.IDS, "/lifestage/test"),
        Instant.EPOCH);
  }

  private static Set<String> namesOf(StreamGraph graph) {
    Set<String> names = new TreeSet<>();
    for (StreamNode node : graph.getStreamNodes()) {
      names.add(node.getTransformationUID().replace(COMMITTER, ""));
    }
    return names;
  }

  private static Set<String> listedNames() throws IllegalAccessException {
    Set<String> names = new TreeSet<>();
    for (Field field : Uids.class.getDeclaredFields()) {
      if (Modifier.isStatic(field.getModifiers()) && field.getType() == String.class) {
        assertThat(names.add((String) field.get(null))).as("%s is given once", field).isTrue();
      }
    }
    return names;
  }

  /** Serializers that are neither codecs nor Flink's for basic types. */
  private static List<String> strangers(StreamGraph graph) {
    List<String> strangers = new ArrayList<>();
    for (StreamNode node : graph.getStreamNodes()) {
      Set<TypeSerializer<?>> serializers = new HashSet<>();
      serializers.addAll(Arrays.asList(node.getTypeSerializersIn()));
      serializers.add(node.getTypeSerializerOut());
      serializers.add(node.getStateKeySerializer());
      serializers.remove(null);
      for (TypeSerializer<?> serializer : serializers) {
        String name = serializer.getClass().getName();
        boolean known =
            serializer instanceof CodecSerializer
                || name.startsWith(BASIC)
                || name.startsWith(COMMITTABLE);
        if (!known) {
          strangers.add(node.getOperatorName() + ": " + name);
        }
      }
    }
    return strangers;
  }
}
