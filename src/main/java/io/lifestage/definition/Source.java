package io.lifestage.definition;

import java.io.Serializable;

/**
 * A definition as it was written.
 *
 * @param file what mistakes call it
 * @param text YAML
 * @param version the version it is published as, or 0 for the one that it says itself
 */
public record Source(String file, String text, int version) implements Serializable {

  /** A definition whose version stands in it. */
  public Source(String file, String text) {
    this(file, text, 0);
  }
}
