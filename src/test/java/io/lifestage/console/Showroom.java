package io.lifestage.console;

import java.time.Instant;
import java.time.InstantSource;

/**
 * The page without a cluster: {@code Showroom PORT [people] [hostile|busy|empty|broken|loading]}.
 * For whoever works on the page.
 */
final class Showroom {
  private Showroom() {}

  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(args[0]);
    int people = args.length > 1 ? Integer.parseInt(args[1]) : 12_000;
    String how = args.length > 2 ? args[2] : "";
    Instant now = Instant.now();
    Board board = Shop.board();
    ConsoleOptions options = new ConsoleOptions(null, port, null, "", null, "lifestage");
    try (Console console =
        new Console(options, board, new Shop.Archive(now), InstantSource.system())) {
      System.out.println(console.address());
      Shop shop = new Shop(board, now, how.equals("hostile"));
      if (how.equals("loading")) {
        board.note(
            health -> {
              health.kafka.answered(now);
              health.reached(412_000, 1_300_000);
            });
      } else if (how.equals("empty")) {
        board.note(
            health -> {
              health.kafka.answered(now);
              health.registry.answered(now);
              health.reached(0, 0);
            });
      } else {
        shop.past(people);
      }
      if (how.equals("broken")) {
        board.note(
            health -> {
              health.kafka.failed(now, "Timeout of 4000ms expired");
              health.flink.failed(now, "http://127.0.0.1:8082: Connection refused");
            });
      }
      while (true) {
        Thread.sleep(how.equals("busy") ? 4 : 1_000);
        if (how.isEmpty() || how.equals("hostile") || how.equals("busy")) {
          // Twenty customers and a decision at a time: busy is five thousand records a second.
          shop.live(Instant.now());
        }
      }
    }
  }
}
