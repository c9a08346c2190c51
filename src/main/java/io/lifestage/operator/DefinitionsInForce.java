package io.lifestage.operator;

import io.lifestage.decision.Publication;
import io.lifestage.decision.Timeline;
import io.lifestage.definition.Releases;
import io.lifestage.definition.Source;
import io.lifestage.wire.Decoded;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;

/**
 * What customers are decided by, in one parallel instance: what the job started with, and what was
 * published since. Every instance reads the same, and comes to the same.
 */
final class DefinitionsInForce {
  private final List<Source> pack;
  private final BroadcastState<String, Publication> published;
  private final Map<String, Decoded.OfDefinition> unfinished = new HashMap<>();
  private final Set<String> lost = new HashSet<>();
  private Releases releases;

  /**
   * As it stands in the state.
   *
   * @param pack what holds from the beginning of time
   * @param published all that was published and not refused, by its record's key
   */
  DefinitionsInForce(List<Source> pack, BroadcastState<String, Publication> published)
      throws Exception {
    this.pack = pack;
    this.published = published;
    this.releases = Releases.of(pack, all(published));
  }

  /** Which definitions hold when. */
  Timeline timeline() {
    return releases.timeline();
  }

  /** Why a publication of the state no longer works beside what the job starts with, by its key. */
  Map<String, String> refused() {
    return releases.refused();
  }

  /**
   * What became of a record.
   *
   * @param taken the batch that it completed; empty where it did not, or was refused
   * @param refused what was refused with it
   * @param why it was; null where nothing was
   */
  record Answer(List<Publication> taken, List<Decoded.OfDefinition> refused, String why) {
    private static final Answer NOTHING = new Answer(List.of(), List.of(), null);
  }

  /** Takes a record; a batch is in force when the last of it has come, or refused as a whole. */
  Answer take(Decoded.OfDefinition record) throws Exception {
    String key = record.publication().key();
    if (record.publication().isFounding()) {
      return isFoundedOn(record.publication())
          ? Answer.NOTHING
          : new Answer(List.of(), List.of(record), key + ": the job was not founded on this");
    }
    Publication before = published.get(key);
    if (before != null && isTheSame(before, record.publication())) {
      return Answer.NOTHING;
    }
    if (before != null || lost.contains(record.publication().batch())) {
      return lose(record, key + ": somebody else published this version; publish again");
    }
    published.put(key, record.publication());
    unfinished.put(key, record);
    List<Publication> batch = batchOf(record.publication());
    if (batch.size() < record.publication().batchSize()) {
      return Answer.NOTHING;
    }
    Releases next =
        releases.isFollowedBy(batch) ? releases.then(batch) : Releases.of(pack, all(published));
    Map<String, String> refusals = new TreeMap<>(next.refused());
    refusals.keySet().removeAll(releases.refused().keySet());
    if (!refusals.isEmpty()) {
      // Also a batch that would undo one that was taken before is refused as a whole.
      return refused(
          batch, record, refusals.getOrDefault(key, refusals.values().iterator().next()));
    }
    releases = next;
    batch.forEach(one -> unfinished.remove(one.key()));
    return new Answer(batch, List.of(), null);
  }

  private static boolean isTheSame(Publication one, Publication other) {
    return one.batch().equals(other.batch()) && one.body().equals(other.body());
  }

  private boolean isFoundedOn(Publication one) {
    return pack.stream().anyMatch(source -> source.text().equals(one.body()));
  }

  /** Two wrote at once: the batch of the one who came later is not whole, and never will be. */
  private Answer lose(Decoded.OfDefinition record, String why) throws Exception {
    lost.add(record.publication().batch());
    Answer others = refused(batchOf(record.publication()), record, why);
    List<Decoded.OfDefinition> all = new ArrayList<>(others.refused());
    all.add(record);
    return new Answer(List.of(), all, why);
  }

  private Answer refused(List<Publication> batch, Decoded.OfDefinition last, String why)
      throws Exception {
    List<Decoded.OfDefinition> asTheyCame = new ArrayList<>();
    for (Publication one : batch) {
      published.remove(one.key());
      asTheyCame.add(unfinished.getOrDefault(one.key(), last));
      unfinished.remove(one.key());
    }
    return new Answer(List.of(), asTheyCame, why);
  }

  private List<Publication> batchOf(Publication one) throws Exception {
    return all(published).stream().filter(other -> other.batch().equals(one.batch())).toList();
  }

  private static List<Publication> all(ReadOnlyBroadcastState<String, Publication> published)
      throws Exception {
    List<Publication> all = new ArrayList<>();
    published.immutableEntries().forEach(entry -> all.add(entry.getValue()));
    return all;
  }
}
