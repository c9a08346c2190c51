package io.lifestage.decision;

import io.lifestage.lifecycle.Segment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Who belongs to which segment. */
final class Segments {
  private Segments() {}

  /**
   * A customer came into a segment, or left it.
   *
   * @param segment its name
   * @param entering whether they came
   * @param told the values that it rests on
   */
  record Change(String segment, boolean entering, String told) {}

  /** Looks at the segments that the draft's event may have changed. */
  static List<Change> afterEvent(Draft draft) {
    return look(draft, draft.definitions.segmentsChangedBy(draft.event().type()));
  }

  /** Looks at the segments that another stage may have changed. */
  static List<Change> afterStages(Draft draft) {
    return look(draft, draft.definitions.segmentsOfAnything());
  }

  /** Looks at all segments, after time or a new version may have changed them. */
  static List<Change> afterTime(Draft draft) {
    return look(draft, draft.definitions.segments().values());
  }

  /** Takes over what a new version says, which is no coming and going. */
  static void takeOver(Draft draft) {
    for (String name : List.copyOf(draft.segments.keySet())) {
      if (!draft.definitions.segments().containsKey(name)) {
        draft.segments = Bounds.remove(draft.segments, name);
      }
    }
    afterTime(draft);
  }

  private static List<Change> look(Draft draft, Collection<Segment> segments) {
    List<Change> changes = new ArrayList<>();
    for (Segment segment : segments) {
      boolean was = draft.segments.containsKey(segment.name());
      boolean is = segment.condition().holds(draft);
      if (is != was) {
        draft.segments =
            is
                ? Bounds.put(draft.segments, segment.name(), draft.now(), Bounds.SEGMENTS)
                : Bounds.remove(draft.segments, segment.name());
        changes.add(new Change(segment.name(), is, segment.condition().told(draft)));
      }
    }
    return changes;
  }
}
