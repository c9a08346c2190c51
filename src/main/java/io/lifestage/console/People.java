package io.lifestage.console;

import io.lifestage.wire.PrintedRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Who is where: for each customer the stage and the steps of journeys in which they wait, and the
 * conversations that are open. Of a customer 64 bits of the id are kept, a byte for the stage and
 * the number of a combination of steps, 26 to 52 bytes; whole are only the few with an open
 * conversation. Among a million customers two are taken for one with a probability of less than one
 * in thirty million.
 */
final class People {
  /** The fields of a profile that {@link #take} asks for. */
  static final Set<String> FIELDS = Set.of("customer", "stage", "open_conversations", "journeys");

  /** Most open conversations that are kept whole; the rest are counted out of sight. */
  static final int CONVERSATIONS = 100_000;

  private static final long FREE = 0;
  private static final int STAGES = 255;

  /** A step of a version of a journey, in which somebody waits. */
  record Where(String journey, long version, String step) {}

  /**
   * A chat that is not resolved.
   *
   * @param subject what it is about; empty where nobody said
   * @param askedAt since when the customer waits for an answer; null where all is answered
   */
  record OpenChat(
      String customer,
      String conversation,
      String subject,
      Instant startedAt,
      Instant askedAt,
      Instant answeredAt) {}

  private long[] prints = new long[1 << 10];
  private byte[] stages = new byte[1 << 10];
  private int[] combinations = new int[1 << 10];
  private int size;

  private final List<String> stageNames = new ArrayList<>(List.of(""));
  private final long[] population = new long[STAGES + 1];

  private final Map<List<Where>, Integer> known = new HashMap<>();
  private final List<List<Where>> combinationOf = new ArrayList<>();
  private final List<Integer> users = new ArrayList<>();
  private final List<Integer> unused = new ArrayList<>();
  private final Map<Where, Long> waiting = new HashMap<>();

  private final Map<Long, List<OpenChat>> chats = new HashMap<>();
  private int chatCount;

  People() {
    combination(List.of());
  }

  /**
   * Takes a customer's profile as it is now.
   *
   * @param profile null for one who was erased
   */
  void take(String customer, PrintedRecord profile) {
    long print = print(customer);
    forgetChats(print);
    if (profile == null) {
      remove(print);
      return;
    }
    if (size * 2 >= prints.length) {
      grow();
    }
    int slot = slot(print);
    if (prints[slot] == FREE) {
      prints[slot] = print;
      size++;
    } else {
      leave(slot);
    }
    // Only now: who was alone in the old one has given its number back.
    int combination = combination(waitsIn(profile));
    stages[slot] = stage(profile.text("stage"));
    combinations[slot] = combination;
    population[stages[slot] & 0xFF]++;
    users.set(combination, users.get(combination) + 1);
    combinationOf.get(combination).forEach(where -> waiting.merge(where, 1L, Long::sum));
    keepChats(print, customer, profile.records("open_conversations"));
  }

  /** How many customers there are. */
  int size() {
    return size;
  }

  /** How many customers are in a stage; those of none are under the empty name. */
  long in(String stage) {
    int index = stageNames.indexOf(stage == null ? "" : stage);
    return index < 0 ? 0 : population[index];
  }

  /** The stages in which anybody is or was, in the order in which they were first seen. */
  List<String> stages() {
    return stageNames.subList(1, stageNames.size());
  }

  /** How many runs wait where. */
  Map<Where, Long> waiting() {
    Map<Where, Long> sorted =
        new TreeMap<>(
            Comparator.comparing(Where::journey)
                .thenComparing(Where::version)
                .thenComparing(Where::step));
    sorted.putAll(waiting);
    return sorted;
  }

  /** Every conversation that is open. */
  Collection<OpenChat> openChats() {
    return chats.values().stream().flatMap(List::stream).toList();
  }

  // --- Stages ------------------------------------------------------------------------------------

  private byte stage(String name) {
    String wanted = name == null ? "" : name;
    int index = stageNames.indexOf(wanted);
    if (index < 0) {
      // More stages than any model has: those beyond count as none.
      index = stageNames.size() <= STAGES ? stageNames.size() : 0;
      if (index > 0) {
        stageNames.add(wanted);
      }
    }
    return (byte) index;
  }

  // --- Combinations of steps: many customers wait in the same few
  // ---------------------------------

  private static List<Where> waitsIn(PrintedRecord profile) {
    return profile.records("journeys").stream()
        .map(
            run ->
                new Where(
                    String.valueOf(run.text("journey")),
                    run.number("journey_version"),
                    String.valueOf(run.text("step_name"))))
        .sorted(
            Comparator.comparing(Where::journey)
                .thenComparing(Where::version)
                .thenComparing(Where::step))
        .toList();
  }

  private int combination(List<Where> places) {
    Integer number = known.get(places);
    if (number == null) {
      if (unused.isEmpty()) {
        number = combinationOf.size();
        combinationOf.add(places);
        users.add(0);
      } else {
        number = unused.remove(unused.size() - 1);
        combinationOf.set(number, places);
      }
      known.put(places, number);
    }
    return number;
  }

  /** Takes out of all counts what a slot says. */
  private void leave(int slot) {
    population[stages[slot] & 0xFF]--;
    int combination = combinations[slot];
    List<Where> places = combinationOf.get(combination);
    places.forEach(
        where -> waiting.computeIfPresent(where, (w, count) -> count == 1 ? null : count - 1));
    int left = users.get(combination) - 1;
    users.set(combination, left);
    if (left == 0 && !places.isEmpty()) {
      known.remove(places);
      combinationOf.set(combination, List.of());
      unused.add(combination);
    }
  }

  // --- Conversations -----------------------------------------------------------------------------

  private void forgetChats(long print) {
    List<OpenChat> gone = chats.remove(print);
    chatCount -= gone == null ? 0 : gone.size();
  }

  private void keepChats(long print, String customer, List<PrintedRecord> open) {
    if (!open.isEmpty() && chatCount + open.size() <= CONVERSATIONS) {
      chatCount += open.size();
      chats.put(
          print,
          open.stream()
              .map(
                  chat ->
                      new OpenChat(
                          customer,
                          String.valueOf(chat.text("conversation_id")),
                          chat.text("subject") == null ? "" : chat.text("subject"),
                          chat.time("started_at"),
                          chat.time("asked_at"),
                          chat.time("answered_at")))
              .toList());
    }
  }

  // --- The table: open addressing, at most half full
  // ----------------------------------------------

  private int slot(long print) {
    int slot = (int) (print >>> 32) & (prints.length - 1);
    while (prints[slot] != FREE && prints[slot] != print) {
      slot = (slot + 1) & (prints.length - 1);
    }
    return slot;
  }

  /** Closes the gap, so that whoever was put behind it is still found. */
  private void remove(long print) {
    int gap = slot(print);
    if (prints[gap] == FREE) {
      return;
    }
    leave(gap);
    size--;
    int mask = prints.length - 1;
    for (int next = (gap + 1) & mask; prints[next] != FREE; next = (next + 1) & mask) {
      int home = (int) (prints[next] >>> 32) & mask;
      if (((next - home) & mask) >= ((next - gap) & mask)) {
        prints[gap] = prints[next];
        stages[gap] = stages[next];
        combinations[gap] = combinations[next];
        gap = next;
      }
    }
    prints[gap] = FREE;
  }

  private void grow() {
    long[] printsBefore = prints;
    byte[] stagesBefore = stages;
    int[] combinationsBefore = combinations;
    prints = new long[printsBefore.length * 2];
    stages = new byte[prints.length];
    combinations = new int[prints.length];
    Arrays.fill(prints, FREE);
    for (int i = 0; i < printsBefore.length; i++) {
      if (printsBefore[i] != FREE) {
        int slot = slot(printsBefore[i]);
        prints[slot] = printsBefore[i];
        stages[slot] = stagesBefore[i];
        combinations[slot] = combinationsBefore[i];
      }
    }
  }

  /** FNV-1a over the characters, its bits mixed as MurmurHash3 ends. */
  private static long print(String text) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
    hash ^= hash >>> 33;
    return hash == FREE ? 1 : hash;
  }
}
