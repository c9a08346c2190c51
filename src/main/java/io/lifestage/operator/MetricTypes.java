package io.lifestage.operator;

import io.lifestage.metric.MetricPoint;
import io.lifestage.metric.Observation;
import io.lifestage.metric.ObservationBundle;
import io.lifestage.metric.RollingMetric;
import io.lifestage.metric.Sketch;
import io.lifestage.metric.Watch;
import io.lifestage.metric.WatchedPanes;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** How Flink ships and stores the values of the metrics. */
public final class MetricTypes {
  /** What the customers' operator and the edges observe. */
  public static final TypeInformation<Observation> OBSERVATION =
      new CodecTypeInfo<>(Observation.class, new ObservationCodec());

  /** Observations on their way through the shuffle. */
  public static final TypeInformation<ObservationBundle> BUNDLE =
      new CodecTypeInfo<>(ObservationBundle.class, new ObservationBundleCodec());

  /** What goes to the {@code metrics} topic. */
  public static final TypeInformation<MetricPoint> POINT =
      new CodecTypeInfo<>(MetricPoint.class, new MetricPointCodec());

  static final TypeInformation<RollingMetric> STATE =
      new CodecTypeInfo<>(RollingMetric.class, new RollingMetricCodec());

  static final TypeInformation<Sketch> SKETCH =
      new CodecTypeInfo<>(Sketch.class, new SketchCodec());

  static final TypeInformation<WatchedPanes> WATCHED_PANES =
      new CodecTypeInfo<>(WatchedPanes.class, new WatchedPanesCodec());

  static final TypeInformation<Watch> WATCH = new CodecTypeInfo<>(Watch.class, new WatchCodec());

  private MetricTypes() {}
}
