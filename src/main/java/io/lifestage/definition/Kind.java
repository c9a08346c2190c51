package io.lifestage.definition;

import java.util.Arrays;
import java.util.List;

/** What a definition defines; its file begins with this word and a name. */
public enum Kind {
  STAGE_MODEL("stage-model"),
  TRAITS("traits"),
  GUARDS("guards"),
  JOURNEY("journey");

  private final String word;

  Kind(String word) {
    this.word = word;
  }

  /** As files and records call it. */
  public String word() {
    return word;
  }

  static List<String> words() {
    return Arrays.stream(values()).map(Kind::word).toList();
  }

  /**
   * The kind with this word.
   *
   * @return null where there is none
   */
  public static Kind of(String word) {
    return Arrays.stream(values()).filter(k -> k.word.equals(word)).findFirst().orElse(null);
  }
}
