package io.lifestage.replay;

import io.lifestage.definition.Spec.Expectation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What should have been said and was not, and what was and should not.
 *
 * @param what of which expectation
 * @param missing what is expected, for people
 * @param unexpected what was said instead, for people
 */
public record Difference(String what, List<String> missing, List<String> unexpected) {
  private static final Set<String> ALWAYS =
      Set.of("at", "journey", "kind", "outcome", "reason", "from", "to", "stage", "cycle");

  /** Between what is expected and what was said; the two sides are matched as well as can be. */
  static Difference between(Expectation expectation, List<Said> said) {
    List<Map<String, String>> entries = expectation.entries();
    int[] entryOf = new int[said.size()];
    Arrays.fill(entryOf, -1);
    Set<Integer> unmatched = new LinkedHashSet<>();
    for (int entry = 0; entry < entries.size(); entry++) {
      if (!match(entry, entries, said, entryOf, new boolean[said.size()])) {
        unmatched.add(entry);
      }
    }
    Set<String> shown = new LinkedHashSet<>(ALWAYS);
    entries.forEach(entry -> shown.addAll(entry.keySet()));
    List<String> missing = new ArrayList<>();
    unmatched.forEach(entry -> missing.add(entries.get(entry).toString()));
    List<String> unexpected = new ArrayList<>();
    boolean all = expectation.complete() || !missing.isEmpty();
    for (int i = 0; i < said.size() && all; i++) {
      if (entryOf[i] < 0) {
        Map<String, String> texts = new LinkedHashMap<>(said.get(i).texts());
        texts.keySet().retainAll(shown);
        unexpected.add(texts.toString());
      }
    }
    return new Difference(expectation.name(), missing, unexpected);
  }

  /** Finds something for an entry, if need be by finding something else for another entry. */
  private static boolean match(
      int entry,
      List<Map<String, String>> entries,
      List<Said> said,
      int[] entryOf,
      boolean[] tried) {
    for (int i = 0; i < said.size(); i++) {
      if (!tried[i] && said.get(i).has(entries.get(entry))) {
        tried[i] = true;
        if (entryOf[i] < 0 || match(entryOf[i], entries, said, entryOf, tried)) {
          entryOf[i] = entry;
          return true;
        }
      }
    }
    return false;
  }

  /** Between what two orders of arrival say. */
  static Difference between(String what, List<Said> one, List<Said> other) {
    List<Said> missing = new ArrayList<>(one);
    List<Said> unexpected = new ArrayList<>(other);
    for (Said said : other) {
      int same = indexOf(missing, said);
      if (same >= 0) {
        missing.remove(same);
        unexpected.remove(indexOf(unexpected, said));
      }
    }
    return new Difference(what, told(missing), told(unexpected));
  }

  private static int indexOf(List<Said> among, Said said) {
    for (int i = 0; i < among.size(); i++) {
      if (among.get(i).whole().equals(said.whole())) {
        return i;
      }
    }
    return -1;
  }

  private static List<String> told(List<Said> said) {
    return said.stream().map(s -> s.texts() + " because of " + s.because()).toList();
  }

  boolean isNone() {
    return missing.isEmpty() && unexpected.isEmpty();
  }
}
