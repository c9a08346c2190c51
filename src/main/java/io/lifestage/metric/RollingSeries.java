package io.lifestage.metric;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The windows of one metric for one label. */
final class RollingSeries {
  private final List<Track> tracks;

  private RollingSeries(List<Track> tracks) {
    this.tracks = tracks;
  }

  /** A series in which nothing has been observed. */
  static RollingSeries of(MetricDefinition.Kind kind) {
    if (kind == MetricDefinition.Kind.READING) {
      return new RollingSeries(List.of(new LastReading()));
    }
    return new RollingSeries(
        RollingWindow.of(kind).stream().map(window -> (Track) new Panes(window)).toList());
  }

  void observe(
      Observation observation, long now, long from, SeriesSketches sketches, Track.Writer out) {
    for (Track track : tracks) {
      track.observe(observation, now, from, sketches, out);
    }
  }

  void advance(long before, long now, long from, SeriesSketches sketches, Track.Writer out) {
    for (Track track : tracks) {
      track.advance(before, now, from, sketches, out);
    }
  }

  long nextDeadline(long now, long from) {
    long next = Long.MAX_VALUE;
    for (Track track : tracks) {
      next = Math.min(next, track.nextDeadline(now, from));
    }
    return next;
  }

  boolean isSpent(long now) {
    return tracks.stream().allMatch(track -> track.isSpent(now));
  }

  void writeTo(MetricDefinition.Kind kind, DataOutput out) throws IOException {
    for (Track track : tracks) {
      track.writeTo(out, kind.isEstimated());
    }
  }

  static RollingSeries readFrom(MetricDefinition.Kind kind, DataInput in) throws IOException {
    if (kind == MetricDefinition.Kind.READING) {
      return new RollingSeries(List.of(LastReading.readFrom(in)));
    }
    List<Track> tracks = new ArrayList<>();
    for (RollingWindow window : RollingWindow.of(kind)) {
      tracks.add(Panes.readFrom(window, kind.isEstimated(), in));
    }
    return new RollingSeries(List.copyOf(tracks));
  }
}
