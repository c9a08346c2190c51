package io.lifestage.replay;

import io.lifestage.definition.Spec;
import java.util.List;

/**
 * What came of a case.
 *
 * @param spec where it stands
 * @param tested the case
 * @param arrivals in how many orders of arrival it was played, the plain one counted in
 * @param differences what is not as expected; empty where it passed
 * @param failedOrder the order of arrival that says something else, or empty
 * @param story what happened and what was said, in the order of time, for people
 */
public record CaseResult(
    Spec spec,
    Spec.Case tested,
    int arrivals,
    List<Difference> differences,
    String failedOrder,
    List<String> story) {

  public boolean passed() {
    return differences.isEmpty();
  }
}
