package io.lifestage.cluster;

import io.lifestage.job.CommittedRecords;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.generic.GenericRecord;

/** What was decided of price drops, of whom, and for which of them. */
final class PriceDrops {

  /**
   * A decision.
   *
   * @param what outcome and reason
   * @param drop from when the price was so that it is about, epoch milliseconds
   * @param at when, epoch milliseconds
   */
  record Said(String what, long drop, long at) {}

  /** So long the pack's triggers to customers wait for a better one. */
  static final long ARBITRATION = 30_000;

  private static final String ENTERED = "ENTERED entered";
  private static final String AGAIN = "SUPPRESSED already_entered";

  /** What is said first of each drop. */
  private static final Set<String> TOLD = Set.of(ENTERED, AGAIN);

  private final Map<String, List<Said>> byCustomer = new HashMap<>();
  private final Map<String, String> words = new HashMap<>();

  /** All that is committed. */
  static PriceDrops decided(Installation installation) throws Exception {
    PriceDrops drops = new PriceDrops();
    StockReader stock = new StockReader(installation.registry.url());
    try (CommittedRecords records = CommittedRecords.open(installation.connection())) {
      records.toTheEnd(
          records.partitions(List.of("decisions")),
          record -> drops.add(stock.read(record.value())),
          CommittedRecords.Progress.UNHEARD);
    }
    drops.byCustomer.values().forEach(said -> said.sort(Comparator.comparingLong(Said::at)));
    return drops;
  }

  private boolean add(GenericRecord decision) throws IOException {
    if (decision.get("journey").toString().equals("price-drop")) {
      String what = decision.get("outcome") + " " + decision.get("reason");
      List<?> causes = (List<?>) decision.get("causes");
      // Its id says what it is about: type, product, beginning, customer.
      long drop = Long.parseLong(causes.get(0).toString().split("/", -1)[2]);
      byCustomer
          .computeIfAbsent(decision.get("customer").toString(), customer -> new ArrayList<>(3))
          .add(
              new Said(words.computeIfAbsent(what, same -> same), drop, (Long) decision.get("at")));
    }
    return true;
  }

  /** What was said of each customer, in its order. */
  Map<String, List<Said>> byCustomer() {
    return byCustomer;
  }

  /** From when on each of the prices was so. */
  List<Long> beginnings() {
    TreeSet<Long> beginnings = new TreeSet<>();
    byCustomer.values().forEach(all -> all.forEach(said -> beginnings.add(said.drop())));
    return List.copyOf(beginnings);
  }

  /** When each customer was told of a drop. */
  Map<String, Long> momentsOf(long drop) {
    Map<String, Long> moments = new HashMap<>();
    byCustomer.forEach(
        (customer, all) ->
            all.stream()
                .filter(said -> said.drop() == drop && TOLD.contains(said.what()))
                .forEach(said -> moments.put(customer, said.at())));
    return moments;
  }

  /** How many were told of a drop at each moment. */
  SortedMap<Long, Integer> toldAt(long drop) {
    SortedMap<Long, Integer> told = new TreeMap<>();
    momentsOf(drop).values().forEach(at -> told.merge(at, 1, Integer::sum));
    return told;
  }

  /**
   * Whether a customer was told of the first drop, and that the second is no reason to write again;
   * or of the second alone.
   *
   * @param said all that was said, in its order
   * @param verdict what was to be said of the trigger
   * @param drops when the two began
   */
  static boolean isRight(List<Said> said, String verdict, List<Long> drops) {
    Said first = said.get(0);
    List<Said> right = new ArrayList<>();
    right.add(new Said(ENTERED, first.drop(), first.at()));
    right.add(new Said(verdict, first.drop(), first.at() + ARBITRATION));
    if (first.drop() == drops.get(0)) {
      Said last = said.get(said.size() - 1);
      right.add(new Said(AGAIN, drops.get(1), last.at()));
    }
    return said.equals(right);
  }
}
