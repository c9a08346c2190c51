package io.lifestage.job;

import io.lifestage.decision.Publication;
import io.lifestage.definition.DefinitionException;
import io.lifestage.definition.Library;
import io.lifestage.definition.PublicationPlan;
import io.lifestage.definition.Releases;
import io.lifestage.definition.Source;
import io.lifestage.wire.ConfluentRegistry;
import io.lifestage.wire.DefinitionEncoder;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the live job decides by from the beginning of time, as the topic of its definitions keeps
 * it.
 *
 * <p>The pack that a job is started with for the first time is written there. When it is started
 * with another one, by a new release or a changed folder, what is different is published, as
 * anybody publishes: the past stays decided by what held then, and runs under way stay, migrate or
 * drain as their journeys say. So the topic tells all that ever held, to the job and to the command
 * line.
 */
final class Foundation {
  private static final Logger LOG = LoggerFactory.getLogger(Foundation.class);

  private Foundation() {}

  /**
   * Writes what has to be written, and says what holds from the beginning of time.
   *
   * @param pack what the job is started with, which is seen to work
   * @param kafka client properties
   * @param encoder of the live space
   * @throws StartRefusedException where what is published does not go with the pack
   */
  static List<Source> agree(
      List<Source> pack,
      Properties kafka,
      ConfluentRegistry registry,
      DefinitionEncoder encoder,
      Instant now)
      throws StartRefusedException {
    try (CommittedRecords records = CommittedRecords.open(kafka)) {
      List<Publication> published = PublishedDefinitions.read(records, registry, "");
      List<Source> founding = Releases.founding(published);
      if (!isWhole(published)) {
        List<Publication> first = founding(pack, now);
        PublishedDefinitions.write(first, encoder, kafka);
        return Releases.founding(first);
      }
      follow(new PublicationPlan(founding, published).withPack(pack), encoder, kafka, now);
      return founding;
    } catch (DefinitionException | IllegalArgumentException e) {
      throw new StartRefusedException(
          "--pack does not go with what is published: " + e.getMessage(), e);
    } catch (IOException | KafkaException e) {
      throw new StartRefusedException("the topic of definitions: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartRefusedException("interrupted while reading the definitions", e);
    }
  }

  /** A founding that was broken off founded nothing: no job was started on it. */
  private static boolean isWhole(List<Publication> published) {
    List<Publication> founding = published.stream().filter(Publication::isFounding).toList();
    return !founding.isEmpty() && founding.size() >= founding.get(0).batchSize();
  }

  private static List<Publication> founding(List<Source> pack, Instant now) {
    List<Publication> founding = new ArrayList<>();
    for (Source source : pack) {
      Library.Title title = Library.title(source);
      founding.add(
          new Publication(
              title.kind().word(),
              title.id(),
              title.version(),
              now.toEpochMilli(),
              source.text(),
              Publication.FOUNDING,
              pack.size()));
    }
    return founding;
  }

  private static void follow(
      PublicationPlan plan, DefinitionEncoder encoder, Properties kafka, Instant now)
      throws IOException, InterruptedException {
    List<Publication> batch = plan.publications(now.toEpochMilli(), PublicationPlan.packBatch(now));
    if (!batch.isEmpty()) {
      PublishedDefinitions.write(batch, encoder, kafka);
      LOG.info(
          "The pack is another one; published: {}", batch.stream().map(Publication::key).toList());
    }
    if (!plan.kept().isEmpty()) {
      LOG.warn(
          "Of the pack these are not taken, since other versions were published over them: {}; "
              + "'lifestage publish' with the pack's files takes them",
          plan.kept());
    }
  }
}
