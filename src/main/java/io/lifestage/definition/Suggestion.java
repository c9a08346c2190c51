package io.lifestage.definition;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** What somebody may have meant who wrote a name that there is not. */
public final class Suggestion {
  private Suggestion() {}

  /** A hint: the nearest name, if one is near, else all names there are. */
  public static String among(String written, Collection<String> names) {
    if (names.isEmpty()) {
      return "there is none";
    }
    Optional<String> nearest =
        names.stream()
            .min(
                Comparator.<String>comparingInt(name -> distance(bare(written), bare(name)))
                    .thenComparing(Comparator.naturalOrder()));
    int bound = Math.max(1, written.length() / 3);
    return nearest
        .filter(name -> distance(bare(written), bare(name)) <= bound)
        .map(name -> "did you mean '" + name + "'?")
        .orElseGet(() -> "there are " + String.join(", ", names.stream().sorted().toList()));
  }

  private static String bare(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[ _-]", "");
  }

  /** Levenshtein's distance: how many letters have to be changed, added or left out. */
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int change = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[other.length()];
  }
}
