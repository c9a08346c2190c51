package io.lifestage.cli;

import io.lifestage.delivery.Destination;
import io.lifestage.delivery.Fate;
import io.lifestage.delivery.ReceivedTrigger;
import io.lifestage.lifecycle.Money;
import io.lifestage.wire.PrintedRecord;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Prints each e-mail and each task that would go out. */
final class PrintedDeliveries implements Destination {
  private final Printout out;
  private final boolean json;

  /**
   * @param json whether as objects, a line each
   */
  PrintedDeliveries(Printout out, boolean json) {
    this.out = out;
    this.json = json;
  }

  @Override
  public void send(ReceivedTrigger trigger) throws IOException {
    print(Fate.SENT, trigger);
    if (!json) {
      PrintedRecord fields = trigger.fields();
      for (Map.Entry<String, Object> entry : fields.entries("data").entrySet()) {
        out.line("             %s: %s".formatted(entry.getKey(), entry.getValue()));
      }
      for (PrintedRecord item : fields.records("items")) {
        out.line("             - " + item(item));
      }
    }
  }

  @Override
  public void retract(ReceivedTrigger trigger) throws IOException {
    print(Fate.RETRACTED, trigger);
  }

  @Override
  public void drop(ReceivedTrigger trigger, Fate why) throws IOException {
    print(why, trigger);
  }

  @Override
  public void flush() {
    // Each line is out when it is printed.
  }

  private void print(Fate fate, ReceivedTrigger trigger) throws IOException {
    if (json) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("fate", fate.name().toLowerCase(Locale.ROOT));
      line.put("trigger", trigger.fields().fields());
      out.json(line);
      return;
    }
    PrintedRecord fields = trigger.fields();
    boolean task = "STAFF".equals(fields.text("audience"));
    String what =
        task
            ? "task '%s' for staff, about %s".formatted(fields.text("template"), trigger.customer())
            : "%s '%s' to %s"
                .formatted(fields.text("channel"), fields.text("template"), trigger.customer());
    out.line(
        "%-11s  %s  (%s %s)%s"
            .formatted(said(fate), what, fields.text("journey"), trigger.id(), why(fate, trigger)));
  }

  private static String said(Fate fate) {
    return switch (fate) {
      case SENT -> "SENT";
      case EXPIRED, WITHDRAWN -> "not sent";
      case RETRACTED -> "RETRACTED";
    };
  }

  private static String why(Fate fate, ReceivedTrigger trigger) {
    return switch (fate) {
      case SENT -> "";
      case EXPIRED -> ": it expired at " + trigger.expiresAt();
      case WITHDRAWN -> ": taken back before it went out";
      case RETRACTED -> ": it went out, and its reason is gone";
    };
  }

  private static String item(PrintedRecord item) {
    String name = item.text("name");
    String price =
        item.text("price_minor") == null || item.text("currency") == null
            ? ""
            : ", " + new Money(item.number("price_minor"), item.text("currency")) + then(item);
    String quantity = item.number("quantity") == 0 ? "" : item.number("quantity") + " x ";
    return quantity + item.text("sku") + (name == null ? "" : " " + name) + price;
  }

  private static String then(PrintedRecord item) {
    long then = item.number("price_then_minor");
    return then == 0 || then == item.number("price_minor")
        ? ""
        : ", seen at " + new Money(then, item.text("currency"));
  }
}
