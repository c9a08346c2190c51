package io.lifestage.traffic;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Where in which world the telling stands. It travels with every record as a header, so that
 * whoever finds the last record of a topic can go on with the next event, and needs no file beside
 * it. A world in whose shop everything works, and nothing changes, has the form that it always had.
 *
 * @param shift by how much events are told later than they happen in the world, milliseconds: for
 *     so long nobody told anything, and the world stood still
 * @param told how many events of the world have been told
 */
public record Bookmark(World world, long shift, long told) {

  /** The header's name. */
  public static final String HEADER = "traffic";

  private static final String FORM = "1";
  private static final int WORDS = 9;

  /** With the troubles of the world as one more word, before the number of events told. */
  private static final String TROUBLED_FORM = "2";

  /** The same of a world whose catalogue lives; its troubles may be none. */
  private static final String LIVING_FORM = "3";

  private static final String NO_TROUBLE = "-";

  private static final int PARTS_OF_A_TROUBLE = 4;

  /** What goes before the number of events told: the same for all records of a run. */
  public String beginning() {
    boolean longer = world.living() || !world.troubles().isEmpty();
    String text =
        String.join(
            " ",
            world.living() ? LIVING_FORM : longer ? TROUBLED_FORM : FORM,
            Long.toString(world.seed()),
            Integer.toString(world.customers()),
            Long.toString(world.beginning()),
            Long.toString(world.season()),
            Long.toString(world.opening()),
            Double.toString(world.rate()),
            Long.toString(shift),
            "");
    return longer ? text + text(world.troubles()) + " " : text;
  }

  /** The header's value. */
  public String text() {
    return beginning() + told;
  }

  /** The bookmark that a header holds; empty for a text of another form. */
  public static Optional<Bookmark> read(String text) {
    String[] words = text.split(" ", -1);
    boolean living = words[0].equals(LIVING_FORM);
    boolean longer = living || words[0].equals(TROUBLED_FORM);
    if (words.length != (longer ? WORDS + 1 : WORDS) || !(longer || words[0].equals(FORM))) {
      return Optional.empty();
    }
    try {
      World world =
          new World(
              Long.parseLong(words[1]),
              Integer.parseInt(words[2]),
              Long.parseLong(words[3]),
              Long.parseLong(words[4]),
              Long.parseLong(words[5]),
              Double.parseDouble(words[6]),
              longer ? troubles(words[8]) : List.of(),
              living);
      long told = Long.parseLong(words[words.length - 1]);
      return Optional.of(new Bookmark(world, Long.parseLong(words[7]), told));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String text(List<Trouble> troubles) {
    return troubles.isEmpty()
        ? NO_TROUBLE
        : troubles.stream()
            .map(t -> t.what() + ":" + t.share() + ":" + t.from() + ":" + t.until())
            .collect(joining(","));
  }

  private static List<Trouble> troubles(String text) {
    return text.equals(NO_TROUBLE)
        ? List.of()
        : Arrays.stream(text.split(",", -1)).map(Bookmark::trouble).toList();
  }

  private static Trouble trouble(String text) {
    String[] parts = text.split(":", -1);
    if (parts.length != PARTS_OF_A_TROUBLE) {
      throw new IllegalArgumentException("no trouble: " + text);
    }
    return new Trouble(
        parts[0], Double.parseDouble(parts[1]), Long.parseLong(parts[2]), Long.parseLong(parts[3]));
  }
}
