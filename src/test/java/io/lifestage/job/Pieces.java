package io.lifestage.job;

import io.lifestage.wire.Decoded;
import io.lifestage.wire.OutboundRecord;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The job whole, and its source and sink for whoever measures what lies between them. */
public final class Pieces {
  /** Events by customer, as the job ships them. */
  public static final TypeInformation<Decoded.OfEvent> ARRIVAL = JobParts.ARRIVAL;

  /** Records on their way to the sink, as the job ships them. */
  public static final TypeInformation<OutboundRecord> RECORD = JobParts.RECORD;

  private final JobOptions options;

  /** The pieces as these arguments of the job make them; the environment has no say. */
  public Pieces(String... arguments) {
    options = JobOptions.parse(arguments, Map.of());
  }

  /** The topics that the job writes, in a space. */
  public static List<String> outputTopics(String prefix) {
    return OutputRecords.topics(prefix);
  }

  /** Wires the whole job. */
  public void define(StreamExecutionEnvironment env) throws StartRefusedException {
    LifestageJob.define(env, options);
  }

  /** Sets what the job sets wherever it runs. */
  public void configure(StreamExecutionEnvironment env) {
    LifestageJob.configure(env);
  }

  /** The job's source, with its decoding. */
  public DataStream<Decoded> inputs(StreamExecutionEnvironment env) {
    return LifestageJob.inputs(env, options);
  }

  /** The job's sink. */
  public Sink<OutboundRecord> sink() {
    return LifestageJob.sink(options);
  }
}
