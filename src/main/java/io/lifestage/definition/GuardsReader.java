package io.lifestage.definition;

import io.lifestage.journey.Guards;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.yaml.snakeyaml.nodes.Node;

/** Reads guards. */
final class GuardsReader {
  private static final List<String> KEYS =
      List.of(
          "guards",
          "version",
          "description",
          "time-zone",
          "caps",
          "quiet-hours",
          "pause",
          "arbitration",
          "holdout");

  private final Document document;
  private final Variables variables;
  private final Formulas formulas;
  private final Set<String> names = new HashSet<>();

  GuardsReader(Document document, Variables variables) {
    this.document = document;
    this.variables = variables;
    this.formulas = new Formulas(document.problems(), variables);
  }

  /** The guards; with mistakes noted, as far as they could be read. */
  Guards read() {
    Section root = document.section(KEYS);
    List<Guards.Cap> caps = new ArrayList<>();
    for (Node node : root.nodes("caps")) {
      add(caps, cap(section("a cap", node, "name", "channel", "tag", "at-most", "per", "within")));
    }
    List<Guards.QuietHours> quiet = new ArrayList<>();
    for (Node node : root.nodes("quiet-hours")) {
      add(
          quiet,
          quiet(section("an entry of 'quiet-hours'", node, "channels", "from", "to", "then")));
    }
    List<Guards.Pause> pauses = new ArrayList<>();
    for (Node node : root.nodes("pause")) {
      add(pauses, pause(section("a pause", node, "reason", "when")));
    }
    Duration arbitration = root.duration("arbitration");
    if (arbitration != null && (arbitration.isNegative() || arbitration.toDays() >= 1)) {
      root.wrong("arbitration", "has to be from 0s to less than a day", "");
      arbitration = Duration.ZERO;
    }
    return new Guards(
        document.id(),
        document.version(root),
        zone(root),
        caps,
        quiet,
        pauses,
        arbitration == null ? Duration.ZERO : arbitration,
        holdout(root));
  }

  private Section section(String name, Node node, String... keys) {
    return Section.of(document.problems(), name, node, List.of(keys));
  }

  private static <T> void add(List<T> list, T value) {
    if (value != null) {
      list.add(value);
    }
  }

  private Guards.Zone zone(Section root) {
    Section zone = root.section("time-zone", List.of("attribute", "otherwise"));
    if (zone == null) {
      return Guards.NONE.zone();
    }
    String name = zone.text("otherwise", "UTC");
    ZoneId otherwise = ZoneId.of("UTC");
    try {
      otherwise = ZoneId.of(name);
    } catch (DateTimeException e) {
      zone.wrong(
          "otherwise", "is '" + name + "'", Suggestion.among(name, ZoneId.getAvailableZoneIds()));
    }
    String attribute = zone.text("attribute", "time_zone");
    Set<String> known = variables.attributes();
    if (zone.has("attribute") && known != null && !known.contains(attribute)) {
      zone.doubt(
          "attribute",
          "is '" + attribute + "', which no file of traits declares",
          Suggestion.among(attribute, known));
    }
    return new Guards.Zone(attribute, otherwise);
  }

  private Guards.Cap cap(Section section) {
    String name = section.required("name", "decisions call it by its name");
    if (!names.add(name)) {
      section.doubt("name", "is '" + name + "', as that of another cap", "");
    }
    int atMost = section.number("at-most", 0, 1, Guards.Cap.MOST);
    if (!section.has("at-most")) {
      section.missing("at-most", "say how many triggers");
    }
    String which = section.oneOf("per", "within");
    if (which == null || atMost == 0) {
      return null;
    }
    Guards.Period period;
    if (which.equals("per")) {
      String unit = section.word("per", List.of("day", "week", "month"));
      period =
          new Guards.Period.Calendar(
              Guards.Period.Unit.valueOf(unit.toUpperCase(java.util.Locale.ROOT)));
    } else {
      Duration length = section.positive("within", null);
      if (length == null) {
        return null;
      }
      period = new Guards.Period.Rolling(length);
    }
    return new Guards.Cap(
        name, section.text("channel", null), section.text("tag", null), atMost, period);
  }

  private Guards.QuietHours quiet(Section section) {
    LocalTime from = section.time("from");
    LocalTime to = section.time("to");
    if (!section.has("from") || !section.has("to")) {
      section.missing(section.has("from") ? "to" : "from", "write a time of day like \"21:00\"");
    }
    if (from == null || to == null) {
      return null;
    }
    if (from.equals(to)) {
      section.wrong("to", "is the same as 'from'", "");
      return null;
    }
    boolean hold = section.word("then", List.of("hold", "cancel")).equals("hold");
    return new Guards.QuietHours(Set.copyOf(section.texts("channels")), from, to, hold);
  }

  private Guards.Pause pause(Section section) {
    String reason = section.reason("decisions give it as their reason");
    if (!section.has("when")) {
      section.missing("when", "say what withholds everything");
      return null;
    }
    Formula when = formulas.condition(section, "when", Asked.OF_TIME);
    return when == null ? null : new Guards.Pause(reason, when);
  }

  private Guards.Holdout holdout(Section root) {
    if (!root.has("holdout")) {
      return Guards.Holdout.NOBODY;
    }
    Section section = root.section("holdout", List.of("share", "salt"));
    return new Guards.Holdout(section.share("share"), section.text("salt", document.id()));
  }
}
