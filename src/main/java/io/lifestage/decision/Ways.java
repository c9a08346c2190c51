package io.lifestage.decision;

import io.lifestage.journey.Instance;
import io.lifestage.journey.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What led a run since its last decision: the arm of a branch, the lot of a split, what a wait
 * ended by, each with the values that it rested on. Decisions are written only where a run begins,
 * decides on a trigger or ends, so a run that waits carries it along in its context until the next
 * one says it.
 */
final class Ways {
  /** No attribute of an event has a space in its name, so that no condition can ask for it. */
  private static final String WAY = "way ";

  private Ways() {}

  /** The run, led further; beyond {@link Bounds#WAYS} nothing more is remembered. */
  static Instance led(Instance run, String by, String detail) {
    int ways = of(run).size();
    if (ways == Bounds.WAYS) {
      return run;
    }
    String bounded = detail.length() <= Bounds.WAY ? detail : detail.substring(0, Bounds.WAY) + "…";
    return run.remembering(WAY + ways, by + ' ' + bounded);
  }

  /** What has led the run since its last decision, in this order. */
  static List<Verdict> of(Instance run) {
    List<Verdict> ways = new ArrayList<>();
    for (int i = 0; run.context().containsKey(WAY + i); i++) {
      String way = run.context().get(WAY + i);
      int end = way.indexOf(' ');
      ways.add(new Verdict(way.substring(0, end), true, way.substring(end + 1)));
    }
    return ways;
  }

  /** The run, of which a decision has said all this. */
  static Instance told(Instance run) {
    if (!run.context().containsKey(WAY + 0)) {
      return run;
    }
    Map<String, String> context = new LinkedHashMap<>(run.context());
    context.keySet().removeIf(name -> name.startsWith(WAY));
    return run.withContext(context);
  }

  /** What a verdict is about, and the values that it rests on. */
  static String detail(String what, String told) {
    return told.isEmpty() ? what : what + ": " + told;
  }
}
