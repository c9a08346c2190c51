package io.lifestage.definition;

import java.util.Arrays;
import java.util.List;

/** What a definition defines; its file begins with this word and a name. */
public enum Kind {
  STAGE_MODEL("stage-model", "a stage model"),
  TRAITS("traits", "a file of traits"),
  GUARDS("guards", "a file of guards"),
  JOURNEY("journey", "a journey");

  private final String word;
  private final String called;

  Kind(String word, String called) {
    this.word = word;
    this.called = called;
  }

  /** As sentences call one of them. */
  String called() {
    return called;
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
