package io.lifestage.operator;

import io.lifestage.wire.OutboundRecord;
import java.util.function.Supplier;

/**
 * A record that is made only when somebody wants it: of many that replace each other before a
 * checkpoint, one is.
 *
 * @param key what later ones replace it by
 * @param record makes it
 */
record LazyRecord(String key, Supplier<OutboundRecord> record) {}
