package io.lifestage.job;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;

/**
 * Looks before the job starts at what would otherwise make it hang without a word: topics that are
 * missing, and transactions that the broker would not let live long enough.
 */
final class Preflight {
  private static final long PATIENCE_SECONDS = 30;

  private Preflight() {}

  /**
   * Checks Kafka.
   *
   * @param kafka client properties
   * @param topics all topics that the job reads or writes
   * @param transactionTimeout how long a transaction of the sink may stay open
   * @throws StartRefusedException where the job would not work; its message says how to mend it
   */
  static void check(Properties kafka, List<String> topics, Duration transactionTimeout)
      throws StartRefusedException {
    Properties properties = new Properties();
    properties.putAll(kafka);
    properties.remove("group.id");
    String brokers = kafka.getProperty("bootstrap.servers");
    try (Admin admin = Admin.create(properties)) {
      requireTopics(get(admin.listTopics().names()), topics);
      requireTransactions(admin, transactionTimeout);
    } catch (TimeoutException e) {
      throw new StartRefusedException("no Kafka broker answers at " + brokers, e);
    } catch (ExecutionException e) {
      throw new StartRefusedException(
          "Kafka at " + brokers + " refused a question: " + e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartRefusedException("interrupted while asking Kafka", e);
    }
  }

  private static void requireTopics(Set<String> there, List<String> needed)
      throws StartRefusedException {
    List<String> missing = new ArrayList<>(needed);
    missing.removeAll(there);
    if (!missing.isEmpty()) {
      throw new StartRefusedException(
          "topics are missing: "
              + String.join(", ", missing)
              + "; create them with: lifestage topics apply --file deploy/topics.yaml",
          null);
    }
  }

  private static void requireTransactions(Admin admin, Duration wanted)
      throws StartRefusedException, ExecutionException, TimeoutException, InterruptedException {
    Node broker = get(admin.describeCluster().nodes()).iterator().next();
    ConfigResource resource = new ConfigResource(ConfigResource.Type.BROKER, broker.idString());
    Map<ConfigResource, Config> configs = get(admin.describeConfigs(List.of(resource)).all());
    ConfigEntry entry = configs.get(resource).get("transaction.max.timeout.ms");
    if (entry != null && Long.parseLong(entry.value()) < wanted.toMillis()) {
      throw new StartRefusedException(
          "the broker lets transactions live for "
              + Duration.ofMillis(Long.parseLong(entry.value()))
              + " (transaction.max.timeout.ms), and --transaction-timeout asks for "
              + wanted
              + "; raise the one or lower the other, but keep it above the longest checkpoint and"
              + " the longest restart together, or committed data is lost",
          null);
    }
  }

  private static <T> T get(KafkaFuture<T> future)
      throws ExecutionException, TimeoutException, InterruptedException {
    return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }
}
