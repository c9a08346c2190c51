package io.lifestage.explain;

import io.lifestage.wire.PrintedRecord;
import io.lifestage.wire.Topic;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything the engine has written of one customer: the profile as it stands, and the last
 * transitions, triggers and decisions. Folded from the records of {@link #TOPICS}, each topic in
 * its own order.
 */
public final class CustomerPicture {

  /** The topics that say something of a customer, the profile first. */
  public static final List<Topic> TOPICS =
      List.of(Topic.PROFILES, Topic.TRANSITIONS, Topic.TRIGGERS, Topic.DECISIONS);

  private final String customer;
  private final int last;
  private final Map<Topic, Deque<PrintedRecord>> written = new EnumMap<>(Topic.class);
  private PrintedRecord profile;
  private boolean erased;

  /**
   * Nothing yet.
   *
   * @param customer a customer's id, or {@code anonymous:} and a visitor's
   * @param last how many transitions, triggers and decisions to keep, of each
   */
  public CustomerPicture(String customer, int last) {
    this.customer = customer;
    this.last = last;
    TOPICS.forEach(topic -> written.put(topic, new ArrayDeque<>()));
  }

  /**
   * Folds in the next record of a topic.
   *
   * @param record what it says of this customer; null where it deletes
   */
  public void take(Topic topic, PrintedRecord record) {
    if (topic == Topic.PROFILES) {
      profile = record;
      erased = record == null;
    } else if (record != null) {
      Deque<PrintedRecord> latest = written.get(topic);
      if (topic == Topic.TRIGGERS) {
        // What was taken back stands where it was taken back, and once.
        String id = record.text("trigger_id");
        latest.removeIf(earlier -> earlier.text("trigger_id").equals(id));
      }
      latest.addLast(record);
      if (latest.size() > last) {
        latest.removeFirst();
      }
    }
  }

  public String customer() {
    return customer;
  }

  /** Whether the engine has written anything of the customer. */
  public boolean isKnown() {
    return profile != null || written.values().stream().anyMatch(records -> !records.isEmpty());
  }

  /** Whether the last word is an erasure; what was written before is not to be shown. */
  public boolean isErased() {
    return erased;
  }

  /** The profile as it stands, or null where none has been written yet. */
  public PrintedRecord profile() {
    return profile;
  }

  /** The last records of a topic, the newest first. */
  public List<PrintedRecord> last(Topic topic) {
    List<PrintedRecord> records = new ArrayList<>(written.get(topic));
    Collections.reverse(records);
    return records;
  }

  /** All of it by name, as the records themselves name it. */
  public Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("customer", customer);
    map.put("profile", profile == null ? null : profile.fields());
    for (Topic topic : TOPICS.subList(1, TOPICS.size())) {
      map.put(topic.plainName(), last(topic).stream().map(PrintedRecord::fields).toList());
    }
    return map;
  }
}
