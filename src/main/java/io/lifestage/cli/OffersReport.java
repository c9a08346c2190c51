package io.lifestage.cli;

import io.lifestage.offer.Evaluation;
import io.lifestage.offer.Score;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What an evaluation of offers came to, for people and for programs. */
record OffersReport(
    Evaluation evaluation, List<Score> scores, SalesHistory history, long cut, int places) {

  void print(Printout out, boolean json) throws IOException {
    if (json) {
      out.document(fields());
    } else {
      printTable(out);
    }
  }

  private void printTable(Printout out) throws IOException {
    Score live = scores.get(0);
    line(out, history.sales().stream().filter(sale -> !sale.undone()).count(), "orders");
    line(out, evaluation.products(), "products in them");
    line(out, history.unknown(), "cancellations of orders that the file does not name");
    line(out, live.asked(), "orders with two products or more, asked about from " + at());
    line(out, evaluation.pairs(), "pairs kept by the live learner at the end");
    out.line("");
    out.line(
        "%-28s %-23s %-23s %-19s %8s %8s %10s"
            .formatted(
                "",
                "hit rate at " + places,
                "mean reciprocal rank",
                "hits less than live",
                "coverage",
                "popular",
                "no answer"));
    for (Score score : scores) {
      out.line(
          "%-28s %-23s %-23s %-19s %7.1f%% %7.1f%% %10d"
              .formatted(
                  score.name(),
                  mean(score.hitRate()),
                  mean(score.reciprocalRank()),
                  score == live ? "" : difference(live.hitsMoreThan(score)),
                  100 * coverage(score),
                  100 * score.popularShare(),
                  score.unanswered()));
    }
  }

  private static void line(Printout out, long count, String what) throws IOException {
    out.line("%,12d  %s".formatted(count, what));
  }

  private String at() {
    return Instant.ofEpochMilli(cut).toString();
  }

  private static String mean(Score.Mean mean) {
    return String.format(Locale.ROOT, "%.4f ± %.4f", mean.value(), mean.to() - mean.value());
  }

  private static String difference(Score.Mean mean) {
    return String.format(Locale.ROOT, "%+.4f ± %.4f", mean.value(), mean.to() - mean.value());
  }

  private double coverage(Score score) {
    return (double) score.named() / evaluation.products();
  }

  private Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("orders", history.sales().stream().filter(sale -> !sale.undone()).count());
    fields.put("products", evaluation.products());
    fields.put("unknown_cancellations", history.unknown());
    fields.put("cut", at());
    fields.put("asked", scores.get(0).asked());
    fields.put("places", places);
    fields.put("half_life", evaluation.learning().halfLife().toString());
    fields.put("bound", evaluation.learning().bound());
    fields.put("pairs", evaluation.pairs());
    List<Map<String, Object>> methods = new ArrayList<>();
    for (Score score : scores) {
      methods.add(fields(score));
    }
    fields.put("methods", methods);
    return fields;
  }

  private Map<String, Object> fields(Score score) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("method", score.name());
    fields.put("hit_rate", fields(score.hitRate()));
    fields.put("mean_reciprocal_rank", fields(score.reciprocalRank()));
    fields.put("hits_less_than_live", fields(scores.get(0).hitsMoreThan(score)));
    fields.put("coverage", coverage(score));
    fields.put("popular_share", score.popularShare());
    fields.put("unanswered", score.unanswered());
    return fields;
  }

  private static Map<String, Object> fields(Score.Mean mean) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("value", mean.value());
    fields.put("from", mean.from());
    fields.put("to", mean.to());
    return fields;
  }
}
