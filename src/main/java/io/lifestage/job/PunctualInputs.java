package io.lifestage.job;

import io.lifestage.wire.Decoded;
import java.time.Duration;
import java.util.Properties;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Kafka's source, with a time that goes on where there is nothing to read.
 *
 * <p>Flink's own way is to leave a partition out of account when nothing has come from it for a
 * while. On a machine that is short of breath that happens to partitions full of records, and time
 * runs past them. Here a partition's time moves without records only once it is known that there
 * are none: it has been read up to where it ended at that moment. No partition is ever overtaken,
 * and silence is noticed after one look.
 */
final class PunctualInputs
    implements Source<Decoded, KafkaPartitionSplit, KafkaSourceEnumState>,
        ResultTypeQueryable<Decoded> {
  private static final long serialVersionUID = 1L;
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

  private final KafkaSource<Decoded> source;
  private final Properties kafka;
  private final Duration disorder;
  private final Duration lateness;

  /**
   * A live source over Kafka's.
   *
   * @param source reads the records
   * @param kafka client properties, for looking at the partitions' ends
   * @param disorder how far behind the wall time of its append an event may lie
   * @param lateness how far behind it an event of the past lies
   */
  PunctualInputs(
      KafkaSource<Decoded> source, Properties kafka, Duration disorder, Duration lateness) {
    this.source = source;
    this.kafka = kafka;
    this.disorder = disorder;
    this.lateness = lateness;
  }

  @Override
  public SourceReader<Decoded, KafkaPartitionSplit> createReader(SourceReaderContext context)
      throws Exception {
    return new PunctualReader(
        source.createReader(context),
        onLook -> PartitionEnds.looking(kafka, BETWEEN_LOOKS, onLook),
        disorder,
        lateness);
  }

  @Override
  public Boundedness getBoundedness() {
    return source.getBoundedness();
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> createEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context) {
    return source.createEnumerator(context);
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restoreEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context, KafkaSourceEnumState checkpoint)
      throws Exception {
    return source.restoreEnumerator(context, checkpoint);
  }

  @Override
  public SimpleVersionedSerializer<KafkaPartitionSplit> getSplitSerializer() {
    return source.getSplitSerializer();
  }

  @Override
  public SimpleVersionedSerializer<KafkaSourceEnumState> getEnumeratorCheckpointSerializer() {
    return source.getEnumeratorCheckpointSerializer();
  }

  @Override
  public TypeInformation<Decoded> getProducedType() {
    return source.getProducedType();
  }
}
