package io.lifestage.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lifestage.decision.Publication;
import io.lifestage.decision.Timeline;
import io.lifestage.definition.Packs;
import io.lifestage.definition.Releases;
import io.lifestage.definition.Source;
import io.lifestage.definition.Suggestion;
import io.lifestage.explain.Attempts;
import io.lifestage.explain.Question;
import io.lifestage.explain.Story;
import io.lifestage.explain.StoryPage;
import io.lifestage.job.CommittedRecords;
import io.lifestage.job.PublishedDefinitions;
import io.lifestage.lifecycle.Event;
import io.lifestage.ops.EventsOfCustomer;
import io.lifestage.wire.ConfluentRegistry;
import io.lifestage.wire.PrintedRecord;
import io.lifestage.wire.RecordPrinter;
import io.lifestage.wire.SchemaRegistry;
import io.lifestage.wire.Topic;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lifestage explain}: why a customer got what they got, and not the rest. */
@Command(
    name = "explain",
    description = {
      "Tells why a customer got a trigger, or did not.",
      "Each run of a journey with the events that started it and where they were read"
          + " (topic-partition@offset), what was sent or withheld and what every guard saw, goals,"
          + " and what late events took back.",
      "Reads the customer's partition of the topics profiles, transitions, triggers and decisions to"
          + " its end; what their retention has removed is not told. Where nothing is written of --journey,"
          + " the customer's events are read back and decided again, to tell why it did not begin."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:it is told, also that nothing was decided, and why",
      "1:no such customer, an erased one, or Kafka or the registry does not answer",
      "2:wrong usage: no such journey, a time that is none or lies in the future"
    })
final class ExplainCommand implements Callable<Integer> {
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  @Spec private CommandSpec spec;
  @Mixin private KafkaOptions kafka;
  @Mixin private RegistryOptions registry;
  @Mixin private SpaceOption space;

  @Option(
      names = "--customer",
      paramLabel = "ID",
      required = true,
      description = "The customer's id; for a visitor anonymous: and the visitor's id.")
  private String customer;

  @Option(
      names = "--journey",
      paramLabel = "ID",
      description = "Only this journey, without its version; else all.")
  private String journey;

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description =
          "What was known at this event time, such as 2026-03-01T12:00:00Z, the nearest first; else"
              + " all, from the beginning on.",
      converter = InstantConverter.class)
  private Instant at;

  @Option(
      names = "--again",
      description =
          "With --journey: also decides the customer's events again, to tell each that could have begun"
              + " a run; done by itself where nothing is written of the journey.")
  private boolean again;

  @Option(
      names = "--pack",
      defaultValue = "retail",
      paramLabel = "PACK",
      description =
          "What the job was started with, where its topic does not say: a pack, or a folder"
              + " (${DEFAULT-VALUE}).")
  private String pack;

  @Option(names = "--json", description = "All of it as one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    if (again && journey == null) {
      throw new ParameterException(spec.commandLine(), "--again needs --journey: say which");
    }
    try {
      requirePast(Instant.now());
      try (SchemaRegistry schemas = ConfluentRegistry.connect(registry.properties());
          CommittedRecords records = CommittedRecords.open(kafka.properties())) {
        OrderlyEnd end = new OrderlyEnd(records::stop);
        try {
          return explain(schemas, records, Instant.now());
        } finally {
          end.reached();
        }
      } catch (KafkaException e) {
        throw kafka.failed(e);
      }
    } catch (Exception e) {
      if (json) {
        problem(e.getMessage());
      }
      throw e;
    }
  }

  /** In a space event time is the data's, which may lie ahead of the clock. */
  private void requirePast(Instant now) {
    boolean ahead = at != null && at.isAfter(space.name().isEmpty() ? now : LAST);
    if (ahead) {
      throw new ParameterException(
          spec.commandLine(),
          "--at %s lies in the future: nothing is decided of it yet; leave --at out for all there is"
              .formatted(at));
    }
  }

  /**
   * Explains.
   *
   * @param now up to when time has gone on outside of a space
   */
  int explain(SchemaRegistry schemas, CommittedRecords records, Instant now) throws Exception {
    Story story = new Story(new Question(customer, journey, at));
    if (!read(story, new RecordPrinter(schemas), records)) {
      return ExitCode.SOFTWARE;
    }
    boolean known = story.isKnown() && !story.isErased();
    if (known && journey != null && (again || story.isEmpty())) {
      Timeline definitions = definitions(schemas, records);
      if (definitions.latest().journeys().containsKey(journey)) {
        List<Event> events = events(schemas, records);
        if (events == null) {
          return ExitCode.SOFTWARE;
        }
        story.add(Attempts.of(story.question(), definitions, events, until(story, events, now)));
      } else if (story.isEmpty()) {
        throw new ParameterException(
            spec.commandLine(),
            "No journey is called '%s', in what the job was started with or published since; %s"
                .formatted(
                    journey, Suggestion.among(journey, definitions.latest().journeys().keySet())));
      }
    }
    return show(story);
  }

  private List<Event> events(SchemaRegistry schemas, CommittedRecords records) throws Exception {
    PrintWriter err = spec.commandLine().getErr();
    try (ReadingProgress progress = new ReadingProgress("the customer's events", err)) {
      return EventsOfCustomer.read(records, schemas, space.prefix(), customer, progress);
    }
  }

  private Timeline definitions(SchemaRegistry schemas, CommittedRecords records) throws Exception {
    List<Publication> published = PublishedDefinitions.read(records, schemas, space.prefix());
    List<Source> founding = Releases.founding(published);
    try {
      return Releases.of(founding.isEmpty() ? Packs.named(pack) : founding, published).timeline();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--pack: " + e.getMessage(), e);
    }
  }

  private Instant until(Story story, List<Event> events, Instant now) {
    if (at != null) {
      return at;
    }
    if (space.name().isEmpty()) {
      return now;
    }
    long latest = events.stream().mapToLong(Event::at).max().orElse(0);
    Instant decided = story.decidedTo() == null ? Instant.EPOCH : story.decidedTo();
    return decided.toEpochMilli() > latest ? decided : Instant.ofEpochMilli(latest);
  }

  /** False if it was stopped before the end. */
  private boolean read(Story story, RecordPrinter printer, CommittedRecords records)
      throws Exception {
    byte[] key = customer.getBytes(UTF_8);
    for (Topic topic : Story.TOPICS) {
      TopicPartition partition = records.partition(topic.in(space.prefix()), customer);
      boolean whole =
          records.toTheEnd(
              List.of(partition),
              record -> {
                if (Arrays.equals(key, record.key())) {
                  byte[] value = record.value();
                  story.take(topic, value == null ? null : new PrintedRecord(printer.read(value)));
                }
                return true;
              },
              CommittedRecords.Progress.UNHEARD);
      if (!whole) {
        return false;
      }
    }
    return true;
  }

  private int show(Story story) throws Exception {
    if (story.isErased()) {
      return none("was erased; nothing of before is told");
    }
    if (!story.isKnown()) {
      return none(
          "is not known. Ids are case-sensitive; a visitor is anonymous:<id>; another space is"
              + " --space NAME. `lifestage tail profiles --from-beginning` lists whom there is");
    }
    Printout out = new Printout(spec.commandLine().getOut());
    if (json) {
      out.document(story.asMap());
    } else {
      for (String line : StoryPage.of(story)) {
        out.line(line);
      }
    }
    return ExitCode.OK;
  }

  private int none(String what) throws IOException {
    String problem = "Customer '%s' %s".formatted(customer, what);
    spec.commandLine().getErr().println(problem);
    spec.commandLine().getErr().flush();
    if (json) {
      problem(problem);
    }
    return ExitCode.SOFTWARE;
  }

  /** Programs read an object also where there is no story. */
  private void problem(String what) throws IOException {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("customer", customer);
    map.put("journey", journey);
    map.put("at", at == null ? null : at.toString());
    map.put("problem", what);
    new Printout(spec.commandLine().getOut()).document(map);
  }
}
