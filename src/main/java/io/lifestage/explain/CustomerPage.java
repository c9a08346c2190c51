package io.lifestage.explain;

import io.lifestage.lifecycle.Money;
import io.lifestage.wire.PrintedRecord;
import io.lifestage.wire.Topic;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** A customer's picture as text, the same for every department. Times are UTC. */
public final class CustomerPage {
  private final CustomerPicture picture;
  private final List<String> lines = new ArrayList<>();

  private CustomerPage(CustomerPicture picture) {
    this.picture = picture;
  }

  /** The lines of the page. */
  public static List<String> of(CustomerPicture picture) {
    CustomerPage page = new CustomerPage(picture);
    page.lines.add("Customer " + picture.customer());
    if (picture.profile() == null) {
      page.fact("profile", "none yet; one is written within seconds of a decision");
    } else {
      page.standing(picture.profile());
      page.open(picture.profile());
    }
    page.written();
    return page.lines;
  }

  private void standing(PrintedRecord profile) {
    fact(
        "stage",
        profile.text("stage") == null
            ? "none"
            : "%s, cycle %d, since %s"
                .formatted(
                    profile.text("stage"), profile.number("cycle"), time(profile, "stage_since")));
    fact("as of", time(profile, "at"));
    fact("first seen", time(profile, "first_seen_at"));
    fact("first touch", pairs(profile.entries("first_touch")));
    fact("last active", time(profile, "last_activity_at"));
    fact("paid orders", Long.toString(profile.number("paid_orders")));
    fact(
        "value",
        profile.entries("lifetime_value_minor").entrySet().stream()
            .map(worth -> new Money(((Number) worth.getValue()).longValue(), worth.getKey()))
            .map(Money::toString)
            .collect(Collectors.joining(", ")));
    fact(
        "consent",
        profile.entries("consents").entrySet().stream()
            .map(consent -> consent.getKey() + (yes(consent.getValue()) ? " yes" : " NO"))
            .collect(Collectors.joining(", ")));
    fact("attributes", pairs(profile.entries("attributes")));
    fact("traits", pairs(profile.entries("traits")));
  }

  private void open(PrintedRecord profile) {
    section("Open carts", profile.records("open_carts"), CustomerPage::cart);
    section("Open chats", profile.records("open_conversations"), CustomerPage::conversation);
    section("Latest orders", profile.records("orders"), CustomerPage::order);
    section("Journeys under way", profile.records("journeys"), CustomerPage::run);
  }

  private void written() {
    section("Last transitions", picture.last(Topic.TRANSITIONS), CustomerPage::transition);
    section("Last triggers", picture.last(Topic.TRIGGERS), CustomerPage::trigger);
    section("Last decisions", picture.last(Topic.DECISIONS), CustomerPage::decision);
  }

  private static String cart(PrintedRecord cart) {
    return "%-16s  %s, touched %s%s%s"
        .formatted(
            cart.text("cart_id"),
            goods(cart.records("lines"), cart.text("currency")),
            time(cart, "changed_at"),
            cart.flag("checkout") ? ", at the checkout" : "",
            cart.flag("abandoned") ? ", left behind" : "");
  }

  private static String conversation(PrintedRecord chat) {
    return "%-16s  %s, begun %s, %s"
        .formatted(
            chat.text("conversation_id"),
            chat.text("subject") == null ? "subject unknown" : chat.text("subject"),
            time(chat, "started_at"),
            chat.time("asked_at") == null
                ? "answered"
                : "waiting for an answer since " + time(chat, "asked_at"));
  }

  private static String order(PrintedRecord order) {
    StringJoiner story = new StringJoiner(", ");
    for (String step : List.of("placed", "paid", "delivered", "cancelled")) {
      if (order.time(step + "_at") != null) {
        story.add(step + " " + time(order, step + "_at"));
      }
    }
    if (order.number("refunded_minor") != 0) {
      story.add("given back " + money(order.number("refunded_minor"), order.text("currency")));
    }
    String total =
        order.text("total_minor") == null
            ? "total unknown"
            : money(order.number("total_minor"), order.text("currency"));
    return "%-16s  %14s  %s".formatted(order.text("order_id"), total, story);
  }

  private static String run(PrintedRecord run) {
    return "%s [%s]  since %s, step %d until %s at the latest, because of %s"
        .formatted(
            run.text("journey"),
            run.text("instance_key"),
            time(run, "entered_at"),
            run.number("step") + 1,
            time(run, "wake_at"),
            causes(run, "causes"));
  }

  private static String transition(PrintedRecord transition) {
    return "%s  %s -> %s  because of %s, cycle %d, evidence %s%s"
        .formatted(
            time(transition, "at"),
            transition.text("from") == null ? "(new)" : transition.text("from"),
            transition.text("to"),
            transition.text("cause"),
            transition.number("cycle"),
            causes(transition, "evidence"),
            transition.flag("withdrawn") ? "  (withdrawn after a late event)" : "");
  }

  private static String trigger(PrintedRecord trigger) {
    return "%s  %-9s  %s [%s]  %s %s, because of %s  %s"
        .formatted(
            time(trigger, "at"),
            trigger.text("status"),
            trigger.text("journey"),
            trigger.text("instance_key"),
            trigger.text("channel"),
            trigger.text("template"),
            causes(trigger, "causes"),
            trigger.text("trigger_id"));
  }

  private static String decision(PrintedRecord decision) {
    String failed =
        decision.records("verdicts").stream()
            .filter(verdict -> !verdict.flag("passed"))
            .map(verdict -> "%s: %s".formatted(verdict.text("guard"), verdict.text("detail")))
            .collect(Collectors.joining("; "));
    PrintedRecord gone = decision.record("takes_back");
    if (gone != null) {
      failed =
          "%s, %s, of %s".formatted(gone.text("outcome"), gone.text("reason"), time(gone, "at"));
    }
    return "%s  %-10s  %s [%s]  %s%s"
        .formatted(
            time(decision, "at"),
            decision.text("outcome"),
            decision.text("journey"),
            decision.text("instance_key"),
            decision.text("reason"),
            failed.isEmpty() ? "" : "  (" + failed + ")");
  }

  private interface Form {
    String of(PrintedRecord record);
  }

  private void section(String title, List<PrintedRecord> records, Form form) {
    if (!records.isEmpty()) {
      lines.add("");
      lines.add(title);
      records.forEach(record -> lines.add("  " + form.of(record)));
    }
  }

  private void fact(String name, String value) {
    if (!value.isEmpty()) {
      lines.add("  %-12s  %s".formatted(name, value));
    }
  }

  private static String goods(List<PrintedRecord> contents, String currency) {
    long pieces = contents.stream().mapToLong(line -> line.number("quantity")).sum();
    long worth =
        contents.stream()
            .mapToLong(line -> line.number("quantity") * line.number("unit_price_minor"))
            .sum();
    return "%d pieces, %s".formatted(pieces, money(worth, currency));
  }

  private static String money(long minor, String currency) {
    return new Money(minor, currency == null ? "" : currency).toString();
  }

  private static String causes(PrintedRecord record, String field) {
    List<String> ids = record.texts(field);
    return ids.isEmpty() ? "nothing said" : String.join(", ", ids);
  }

  private static String pairs(Map<String, Object> entries) {
    return entries.entrySet().stream()
        .map(entry -> entry.getKey() + " " + number(entry.getValue()))
        .collect(Collectors.joining(", "));
  }

  /** A trait that is a whole number is shown as one. */
  private static Object number(Object value) {
    return value instanceof Double number && number == Math.rint(number)
        ? (Object) number.longValue()
        : value;
  }

  private static boolean yes(Object value) {
    return Boolean.TRUE.equals(value);
  }

  private static String time(PrintedRecord record, String field) {
    Instant at = record.time(field);
    return at == null ? "" : at.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
