package io.lifestage.definition;

import io.lifestage.decision.Definitions;
import io.lifestage.decision.Publication;
import io.lifestage.decision.Timeline;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * From what a job starts with and what was published since to which definitions hold when. The same
 * publications give the same answer, in whatever order they came: each batch, once it is complete,
 * takes effect as a whole when the last of it may, or is refused as a whole where anything in it,
 * or anything beside it, would not work.
 */
public final class Releases {
  private final Library library;
  private final Timeline timeline;
  private final long latestEffect;
  private final Map<String, Source> current;
  private final List<Source> older;
  private final Map<String, String> refused;

  private Releases(
      Library library,
      Timeline timeline,
      long latestEffect,
      Map<String, Source> current,
      List<Source> older,
      Map<String, String> refused) {
    this.library = library;
    this.timeline = timeline;
    this.latestEffect = latestEffect;
    this.current = current;
    this.older = older;
    this.refused = refused;
  }

  /**
   * What follows from all of these.
   *
   * @param pack what holds from the beginning of time
   * @param publications all there are; the founding ones are the pack
   * @throws DefinitionException if the pack can't be used
   */
  public static Releases of(List<Source> pack, Collection<Publication> publications) {
    Map<String, Source> current = new LinkedHashMap<>();
    for (Source source : pack) {
      Library.Title title = Library.title(source);
      current.put(title.name(), source);
    }
    Library library = Library.of(pack);
    Releases releases =
        new Releases(
            library,
            Timeline.always(library.definitions()),
            Long.MIN_VALUE,
            current,
            List.of(),
            Map.of());
    for (List<Publication> batch : following(publications)) {
      releases = releases.then(batch);
    }
    return releases;
  }

  /**
   * What a job was started with for the first time, by what was published: the earliest founding
   * that is whole, since one that was broken off founded nothing. Empty where there is none.
   */
  public static List<Source> founding(Collection<Publication> publications) {
    return whole(publications.stream().filter(Publication::isFounding).toList()).stream()
        .findFirst()
        .map(batch -> batch.stream().map(Releases::source).toList())
        .orElse(List.of());
  }

  /** The publications that are in force or were, those of one batch together, in their order. */
  List<List<Publication>> taken(Collection<Publication> publications) {
    return following(publications).stream()
        .filter(batch -> batch.stream().noneMatch(one -> refused.containsKey(one.key())))
        .toList();
  }

  /** Whether a batch comes after all others, so that {@link #then} is all it takes. */
  public boolean isFollowedBy(List<Publication> batch) {
    return effectOf(batch) > latestEffect;
  }

  /**
   * What follows with one more batch, which takes effect after all others.
   *
   * @param batch all of it
   */
  public Releases then(List<Publication> batch) {
    Map<String, Source> next = new LinkedHashMap<>(current);
    List<Source> nextOlder = new ArrayList<>(older);
    try {
      requireNewer(batch, current);
      for (Publication one : batch) {
        Source before = next.put(name(one.kind(), one.id()), source(one));
        if (before != null && isJourney(one)) {
          nextOlder.add(versioned(before));
        }
      }
      Library compiled = compiled(next, nextOlder);
      return new Releases(
          compiled, with(batch, compiled.definitions()), effectOf(batch), next, nextOlder, refused);
    } catch (RuntimeException | StackOverflowError e) {
      // Whatever a definition brings about, it must not end the job.
      Map<String, String> more = new TreeMap<>(refused);
      batch.forEach(one -> more.put(one.key(), String.valueOf(e.getMessage())));
      return new Releases(library, timeline, latestEffect, current, older, more);
    }
  }

  /** Who is in no journey of the batch has nothing to do with it, where it has nothing else. */
  private Timeline with(List<Publication> batch, Definitions definitions) {
    boolean onlyJourneys = batch.stream().allMatch(Releases::isJourney);
    long moment = effectOf(batch);
    return onlyJourneys
        ? timeline.from(
            moment,
            definitions,
            batch.stream().map(Publication::id).collect(Collectors.toUnmodifiableSet()))
        : timeline.from(moment, definitions);
  }

  private static boolean isJourney(Publication one) {
    return one.kind().equals(Kind.JOURNEY.word());
  }

  /** Which definitions hold when. */
  public Timeline timeline() {
    return timeline;
  }

  /** The newest version of each definition, by {@code kind/id}. */
  public Map<String, Source> current() {
    return current;
  }

  /** Why a publication was refused, by its key. */
  public Map<String, String> refused() {
    return refused;
  }

  /** The name under which versions of the same thing follow each other. */
  public static String name(String kind, String id) {
    return kind + "/" + id;
  }

  /** The version of a source. */
  public static int version(Source source) {
    return Library.title(source).version();
  }

  /** The batches that are whole and change what a job was founded on. */
  private static List<List<Publication>> following(Collection<Publication> publications) {
    return whole(publications.stream().filter(one -> !one.isFounding()).toList());
  }

  private static List<List<Publication>> whole(Collection<Publication> publications) {
    Map<String, List<Publication>> batches = new TreeMap<>();
    for (Publication one : publications) {
      batches.computeIfAbsent(one.batch(), unused -> new ArrayList<>()).add(one);
    }
    List<List<Publication>> complete = new ArrayList<>();
    for (List<Publication> batch : batches.values()) {
      if (batch.size() >= batch.get(0).batchSize()) {
        batch.sort(Comparator.comparing(Publication::key));
        complete.add(batch);
      }
    }
    complete.sort(
        Comparator.<List<Publication>>comparingLong(Releases::effectOf)
            .thenComparing(batch -> batch.get(0).batch()));
    return complete;
  }

  /** When a batch takes effect as a whole, epoch milliseconds: when the last of it may. */
  public static long effectOf(List<Publication> batch) {
    return batch.stream().mapToLong(Publication::takesEffectAt).max().orElseThrow();
  }

  private static void requireNewer(List<Publication> batch, Map<String, Source> current) {
    for (Publication one : batch) {
      Source before = current.get(name(one.kind(), one.id()));
      if (before != null && version(before) >= one.version()) {
        throw new IllegalArgumentException(
            one.key() + ": there is already version " + version(before));
      }
    }
  }

  private static Source source(Publication one) {
    return new Source(one.key(), one.body(), one.version());
  }

  private static Source versioned(Source source) {
    return new Source(source.file(), source.text(), version(source));
  }

  private Library compiled(Map<String, Source> current, List<Source> older) {
    List<Source> all = new ArrayList<>(current.values());
    all.addAll(older);
    return compiled(all, older, library);
  }

  /**
   * Compiles what is in force, as a job does: a journey that is over and no longer fits is not in
   * the way of the rest.
   *
   * @throws DefinitionException with every mistake, if there is any elsewhere
   */
  public static Definitions compiled(Collection<Source> current) {
    return compiled(new ArrayList<>(current), new ArrayList<>(), null).definitions();
  }

  /**
   * A version that somebody is still in, and a journey that is over, are let go where they no
   * longer fit, and not in the way.
   */
  private static Library compiled(List<Source> all, List<Source> older, Library before) {
    while (true) {
      try {
        return before == null ? Library.of(all) : before.followedBy(all);
      } catch (DefinitionException e) {
        List<String> broken = e.problems().stream().map(Problem::file).toList();
        boolean someLetGo =
            all.removeIf(
                source ->
                    broken.contains(source.file()) && (older.contains(source) || isOver(source)));
        older.removeIf(source -> broken.contains(source.file()));
        if (!someLetGo) {
          throw e;
        }
      }
    }
  }

  private static boolean isOver(Source source) {
    try {
      return Library.title(source).archived();
    } catch (DefinitionException e) {
      return false;
    }
  }
}
