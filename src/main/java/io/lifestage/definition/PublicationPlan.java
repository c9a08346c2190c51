package io.lifestage.definition;

import io.lifestage.decision.Publication;
import io.lifestage.journey.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What has to be published so that a job decides by what lies in a folder: what is new or changed,
 * each with its next version, checked together with all that is in force.
 */
public final class PublicationPlan {
  private static final Pattern STATUS = Pattern.compile("(?m)^status:.*\\R?");

  /** What the batches begin with in which another pack was brought in. */
  private static final String PACK_BATCH = "pack-";

  private static final Pattern VERSION = Pattern.compile("(?m)^version:.*\\R?");

  private final List<Source> pack;
  private final List<Publication> published;
  private final Releases releases;
  private final Map<String, Source> current;
  private final Map<String, Source> changed = new LinkedHashMap<>();
  private final Set<String> unchanged = new TreeSet<>();
  private final Set<String> kept = new TreeSet<>();

  /**
   * A plan that changes nothing yet.
   *
   * @param pack what the job started with
   * @param published what was published since
   */
  public PublicationPlan(List<Source> pack, Collection<Publication> published) {
    this.pack = pack;
    this.published = List.copyOf(published);
    this.releases = Releases.of(pack, published);
    this.current = releases.current();
  }

  /** The newest version of each definition, by {@code kind/id}. */
  public Map<String, Source> current() {
    return current;
  }

  /** Adds what lies in a folder. */
  public PublicationPlan with(Collection<Source> sources) {
    for (Source source : sources) {
      Library.Title title = Library.title(source);
      String name = title.name();
      Source before = current.get(name);
      if (before != null && essence(before).equals(essence(source))) {
        unchanged.add(name);
      } else {
        changed.put(name, source);
      }
    }
    return this;
  }

  /** The name of the batch in which another pack is brought in. */
  public static String packBatch(Instant now) {
    return PACK_BATCH + now;
  }

  /**
   * Follows the pack that the job is started with from the one that it was started with before:
   * what is new or changed in it, and what is gone. What somebody published over the pack stays.
   *
   * @throws IllegalArgumentException where it has another stage model
   */
  public PublicationPlan withPack(Collection<Source> pack) {
    Map<String, Source> next = new LinkedHashMap<>();
    for (Source source : pack) {
      next.put(Library.title(source).name(), source);
    }
    Map<String, Source> given = given();
    next.forEach(
        (name, source) -> {
          if (same(given.get(name), source)) {
            unchanged.add(name);
          } else if (same(given.get(name), current.get(name))) {
            changed.put(name, source);
          } else {
            kept.add(name);
          }
        });
    given.forEach(
        (name, source) -> {
          if (!next.containsKey(name) && same(source, current.get(name))) {
            end(name);
          } else if (!next.containsKey(name)) {
            kept.add(name);
          }
        });
    return this;
  }

  /** What the job was last started with, by {@code kind/id}. */
  private Map<String, Source> given() {
    Map<String, Source> given = new LinkedHashMap<>();
    for (Source source : pack) {
      given.put(Library.title(source).name(), source);
    }
    for (List<Publication> batch : releases.taken(published)) {
      for (Publication one : batch) {
        if (one.batch().startsWith(PACK_BATCH)) {
          given.put(Releases.name(one.kind(), one.id()), new Source(one.key(), one.body()));
        }
      }
    }
    return given;
  }

  private static boolean same(Source one, Source other) {
    boolean both = one != null && other != null;
    return both ? essence(one).equals(essence(other)) : one == null && other == null;
  }

  /** A definition can't be taken back; it can be made to say nothing. */
  private void end(String name) {
    String kind = name.substring(0, name.indexOf('/'));
    String id = name.substring(kind.length() + 1);
    if (kind.equals(Kind.JOURNEY.word())) {
      setStatus(name, Status.ARCHIVED);
    } else if (kind.equals(Kind.STAGE_MODEL.word())) {
      throw new IllegalArgumentException(
          "the stage model is not '%s' any more, which customers are in; another one needs topics and"
                  .formatted(id)
              + " state of its own");
    } else {
      Source nothing = new Source(name, kind + ": " + id + "\n");
      if (same(nothing, current.get(name))) {
        unchanged.add(name);
      } else {
        changed.put(name, nothing);
      }
    }
  }

  /** Ends the journeys that are in force and were not added. */
  public PublicationPlan withoutOthers() {
    current.forEach(
        (name, source) -> {
          boolean journey = name.startsWith(Kind.JOURNEY.word() + "/");
          if (journey && !unchanged.contains(name) && !changed.containsKey(name)) {
            setStatus(name, Status.ARCHIVED);
          }
        });
    return this;
  }

  /**
   * Gives a journey another status.
   *
   * @throws IllegalArgumentException if there is no such journey
   */
  public PublicationPlan withStatus(String journey, Status status) {
    setStatus(known(journey), status);
    return this;
  }

  /**
   * Brings a journey back to what it was.
   *
   * @param version which version, or 0 for the one before the newest
   * @throws IllegalArgumentException if there is no such journey or version
   */
  public PublicationPlan withRollback(String journey, int version) {
    String name = known(journey);
    int wanted = version > 0 ? version : Releases.version(current.get(name)) - 1;
    for (Publication one : published) {
      if (Releases.name(one.kind(), one.id()).equals(name) && one.version() == wanted) {
        changed.put(name, new Source(one.key(), one.body()));
        return this;
      }
    }
    for (Source source : pack) {
      Library.Title title = Library.title(source);
      if (title.name().equals(name) && title.version() == wanted) {
        changed.put(name, source);
        return this;
      }
    }
    throw new IllegalArgumentException(
        "journey '"
            + journey
            + "' has no version "
            + wanted
            + "; the newest is "
            + Releases.version(current.get(name)));
  }

  /** What is as it is already, by {@code kind/id}. */
  public Set<String> unchanged() {
    return unchanged;
  }

  /** What of a pack was left out, since somebody published over it, by {@code kind/id}. */
  public Set<String> kept() {
    return kept;
  }

  /** What will be published, by {@code kind/id}. */
  public Set<String> changed() {
    return changed.keySet();
  }

  /**
   * The records to be written, one batch.
   *
   * @param effectiveAt from when on, epoch milliseconds
   * @param batch the batch's name
   * @throws io.lifestage.definition.DefinitionException with every mistake, if the whole would not
   *     work
   */
  public List<Publication> publications(long effectiveAt, String batch) {
    Map<String, Source> whole = new LinkedHashMap<>(current);
    whole.putAll(changed);
    Releases.compiled(whole.values());
    List<Publication> batchOf = new ArrayList<>();
    changed.forEach(
        (name, source) -> {
          Library.Title title = Library.title(source);
          batchOf.add(
              new Publication(
                  title.kind().word(),
                  title.id(),
                  nextVersion(name),
                  effectiveAt,
                  source.text(),
                  batch,
                  changed.size()));
        });
    return batchOf;
  }

  private String known(String journey) {
    String name = Releases.name(Kind.JOURNEY.word(), journey);
    if (!current.containsKey(name)) {
      throw new IllegalArgumentException(
          "no journey is called '" + journey + "'; `lifestage journeys` lists them");
    }
    return name;
  }

  private void setStatus(String name, Status status) {
    String text = current.get(name).text();
    String without = STATUS.matcher(text).replaceAll("");
    // Active is what a journey is that does not say: so it is again what it was before a pause.
    String with =
        status == Status.ACTIVE
            ? without
            : without + (without.endsWith("\n") ? "" : "\n") + "status: " + status.word() + "\n";
    if (essence(new Source("", with)).equals(essence(new Source("", text)))) {
      unchanged.add(name);
    } else {
      changed.put(name, new Source(current.get(name).file(), with));
    }
  }

  private int nextVersion(String name) {
    int greatest = current.containsKey(name) ? Releases.version(current.get(name)) : 0;
    for (Publication one : published) {
      if (Releases.name(one.kind(), one.id()).equals(name)) {
        greatest = Math.max(greatest, one.version());
      }
    }
    return greatest + 1;
  }

  /** What a definition says but for its version, which is given to it. */
  private static String essence(Source source) {
    return VERSION.matcher(source.text()).replaceAll("").strip();
  }
}
