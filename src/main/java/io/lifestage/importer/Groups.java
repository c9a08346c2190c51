package io.lifestage.importer;

import io.lifestage.lifecycle.Event;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Joins drafts that come sorted by group into events, one group in memory at a time. */
final class Groups implements Spill.Taker<Draft> {

  /** More lines than an order has; a mapping that groups by the wrong column meets it. */
  static final int MAX_ROWS = 5000;

  /** Is told of a row that its group can't take. */
  @FunctionalInterface
  interface Refusal {
    void refused(Draft draft, BadRowException why);
  }

  private final Assembly assembly;
  private final Spill.Taker<Event> events;
  private final Refusal refusal;
  private final List<Draft> group = new ArrayList<>();

  Groups(Assembly assembly, Spill.Taker<Event> events, Refusal refusal) {
    this.assembly = assembly;
    this.events = events;
    this.refusal = refusal;
  }

  @Override
  public void take(Draft draft) throws IOException {
    if (!group.isEmpty() && !group.get(0).group().equals(draft.group())) {
      end();
    }
    if (group.size() == MAX_ROWS) {
      refusal.refused(
          draft,
          new BadRowException("a group has more than " + MAX_ROWS + " rows", draft.groupName()));
    } else if (!group.isEmpty() && !group.get(0).currency().equals(draft.currency())) {
      refusal.refused(
          draft, new BadRowException("another currency than its group's", draft.currency()));
    } else {
      group.add(draft);
    }
  }

  /** Gives away the last group. */
  void end() throws IOException {
    if (group.isEmpty()) {
      return;
    }
    try {
      for (Event event : assembly.events(group)) {
        events.take(event);
      }
    } catch (BadRowException e) {
      for (Draft draft : group) {
        refusal.refused(draft, e);
      }
    }
    group.clear();
  }
}
