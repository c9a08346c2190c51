package io.lifestage.console;

import java.util.List;
import java.util.Map;

/**
 * All that is written of one customer. Reading it may take a while: the topics are read for it,
 * since the console keeps of a customer no more than where they are.
 */
public interface CustomerArchive {

  /**
   * Reads.
   *
   * @param customer an id, or {@code anonymous:} and a visitor's
   * @throws Exception if Kafka or the registry does not answer
   */
  Dossier read(String customer) throws Exception;

  /**
   * What was found.
   *
   * @param known whether the engine has written anything of the customer
   * @param erased whether the customer was erased; nothing else is told then
   * @param profile the profile by its fields' names, or null
   * @param transitions the latest, the newest first, as records
   * @param triggers likewise
   * @param decisions likewise
   * @param story what was decided and why, as {@code lifestage explain --json} tells it
   * @param events what came in of the customer, the newest first, as records with their topic
   * @param eventsWhole whether these are all events that the topics hold
   */
  record Dossier(
      boolean known,
      boolean erased,
      Map<String, Object> profile,
      List<Map<String, Object>> transitions,
      List<Map<String, Object>> triggers,
      List<Map<String, Object>> decisions,
      Map<String, Object> story,
      List<Event> events,
      boolean eventsWhole) {}

  /**
   * An event of an input topic.
   *
   * @param fields by name
   */
  record Event(String topic, int partition, long offset, Map<String, Object> fields) {}
}
