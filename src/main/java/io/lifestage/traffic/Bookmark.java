package io.lifestage.traffic;

import java.util.Optional;

/**
 * Where in which world the telling stands. It travels with every record as a header, so that
 * whoever finds the last record of a topic can go on with the next event, and needs no file beside
 * it.
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

  /** What goes before the number of events told: the same for all records of a run. */
  public String beginning() {
    return String.join(
        " ",
        FORM,
        Long.toString(world.seed()),
        Integer.toString(world.customers()),
        Long.toString(world.beginning()),
        Long.toString(world.season()),
        Long.toString(world.opening()),
        Double.toString(world.rate()),
        Long.toString(shift),
        "");
  }

  /** The header's value. */
  public String text() {
    return beginning() + told;
  }

  /** The bookmark that a header holds; empty for a text of another form. */
  public static Optional<Bookmark> read(String text) {
    String[] words = text.split(" ", -1);
    if (words.length != WORDS || !words[0].equals(FORM)) {
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
              Double.parseDouble(words[6]));
      return Optional.of(new Bookmark(world, Long.parseLong(words[7]), Long.parseLong(words[8])));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
