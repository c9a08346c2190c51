package io.lifestage.importer;

import java.util.List;

/** A question that a row answers with yes or no. */
@FunctionalInterface
interface RowTest {

  /** Every row passes. */
  RowTest ANY = row -> true;

  boolean holds(Row row) throws BadRowException;

  /** Passes the rows that pass all of these. */
  static RowTest all(List<RowTest> tests) {
    return switch (tests.size()) {
      case 0 -> ANY;
      case 1 -> tests.get(0);
      default ->
          row -> {
            for (RowTest test : tests) {
              if (!test.holds(row)) {
                return false;
              }
            }
            return true;
          };
    };
  }
}
