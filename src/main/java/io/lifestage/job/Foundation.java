package io.lifestage.job;

import io.lifestage.decision.Publication;
import io.lifestage.definition.DefinitionException;
import io.lifestage.definition.Library;
import io.lifestage.definition.PublicationPlan;
import io.lifestage.definition.Releases;
import io.lifestage.definition.Source;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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

  /** The topic of definitions. */
  interface Topic {
    /** All that was published and is in good order. */
    List<Publication> read() throws InterruptedException;

    /** Publishes, and returns when all of it is there. */
    void write(List<Publication> batch) throws IOException, InterruptedException;
  }

  /**
   * Writes what has to be written, and says what holds from the beginning of time.
   *
   * @param pack what the job is started with, which is seen to work
   * @param topic of the live space
   * @throws StartRefusedException where what is published does not go with the pack
   */
  static List<Source> agree(List<Source> pack, Topic topic, Instant now)
      throws StartRefusedException {
    try {
      List<Publication> published = topic.read();
      List<Source> founding = Releases.founding(published);
      if (founding.isEmpty()) {
        topic.write(founding(pack, now));
        // Somebody else may have founded it at the same time, and before.
        return Releases.founding(topic.read());
      }
      follow(new PublicationPlan(founding, published).withPack(pack), topic, now);
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
              Publication.FOUNDING + now,
              pack.size()));
    }
    return founding;
  }

  private static void follow(PublicationPlan plan, Topic topic, Instant now)
      throws IOException, InterruptedException {
    List<Publication> batch = plan.publications(now.toEpochMilli(), PublicationPlan.packBatch(now));
    if (!batch.isEmpty()) {
      topic.write(batch);
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
