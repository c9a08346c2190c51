package io.lifestage.operator;

import io.lifestage.wire.EventEncoder;
import io.lifestage.wire.OutputEncoder;
import io.lifestage.wire.RefusedRecords;
import io.lifestage.wire.Topic;
import java.io.Serializable;
import java.util.EnumMap;
import java.util.Map;

/**
 * What an operator needs in order to write records, as it travels to the machines. The schemas' ids
 * were learnt when the job was built, so that no operator asks the registry for them.
 */
public final class Encoders implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String prefix;
  private final EnumMap<Topic, Integer> ids;
  private final String source;

  /**
   * @param prefix what the topics' names begin with; may be empty
   * @param ids schema ids by topic
   * @param source who writes, a URI reference
   */
  public Encoders(String prefix, Map<Topic, Integer> ids, String source) {
    this.prefix = prefix;
    this.ids = new EnumMap<>(ids);
    this.source = source;
  }

  /** A new encoder, for the use of one thread. */
  OutputEncoder outputs() {
    return new OutputEncoder(prefix, ids, source);
  }

  /** A new writer of dead letters and late events, for the use of one thread. */
  RefusedRecords refused() {
    return new RefusedRecords(prefix, new EventEncoder(prefix, ids), RefusedRecords.LARGEST_BYTES);
  }
}
