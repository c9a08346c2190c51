package io.lifestage.definition;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What somebody may have meant who wrote a name that there is not. */
public final class Suggestion {
  /** Beyond so many names a list of all of them is of no help. */
  private static final int MOST = 24;

  private static final int SOME = 6;

  private Suggestion() {}

  /** A hint: the nearest name, if one is near, else the names there are. */
  public static String among(String written, Collection<String> names) {
    if (names.isEmpty()) {
      return "there is none";
    }
    Optional<String> meant = nearest(written, names);
    if (meant.isPresent()) {
      return "did you mean '" + meant.get() + "'?";
    }
    if (names.size() <= MOST) {
      return "there are " + String.join(", ", names.stream().sorted().toList());
    }
    List<String> nearest =
        names.stream()
            .sorted(
                Comparator.<String>comparingInt(name -> distance(bare(written), bare(name)))
                    .thenComparing(Comparator.naturalOrder()))
            .limit(SOME)
            .toList();
    return "there are " + names.size() + ", such as " + String.join(", ", nearest);
  }

  /** The name that was probably meant: one that is near, or the only one with the word in it. */
  static Optional<String> nearest(String written, Collection<String> names) {
    int bound = Math.max(1, written.length() / 3);
    Optional<String> nearest =
        names.stream()
            .min(
                Comparator.<String>comparingInt(name -> distance(bare(written), bare(name)))
                    .thenComparing(Comparator.naturalOrder()))
            .filter(name -> distance(bare(written), bare(name)) <= bound);
    return nearest.isPresent() ? nearest : onlyOneWith(written, names);
  }

  private static Optional<String> onlyOneWith(String written, Collection<String> names) {
    if (bare(written).length() < 4) {
      return Optional.empty();
    }
    List<String> with =
        names.stream().filter(name -> bare(name).contains(bare(written))).limit(2).toList();
    return with.size() == 1 ? Optional.of(with.get(0)) : Optional.empty();
  }

  private static String bare(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[ _-]", "");
  }

  /**
   * Damerau's and Levenshtein's distance: how many letters have to be changed, added, left out, or
   * exchanged with their neighbour.
   */
  private static int distance(String one, String other) {
    int[] before = new int[other.length() + 1];
    int[] last = new int[other.length() + 1];
    for (int j = 0; j < last.length; j++) {
      last[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int[] row = new int[other.length() + 1];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int change = last[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(change, Math.min(last[j], row[j - 1]) + 1);
        boolean exchanged =
            i > 1
                && j > 1
                && one.charAt(i - 1) == other.charAt(j - 2)
                && one.charAt(i - 2) == other.charAt(j - 1);
        if (exchanged) {
          row[j] = Math.min(row[j], before[j - 2] + 1);
        }
      }
      before = last;
      last = row;
    }
    return last[other.length()];
  }
}
