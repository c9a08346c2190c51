package io.lifestage.operator;

import io.lifestage.decision.CustomerRecord;

/**
 * A customer's record and the one timer that is set for it.
 *
 * @param record what the core knows
 * @param timer when the timer fires, epoch milliseconds; {@link Long#MAX_VALUE} where none is set
 */
record StoredCustomer(CustomerRecord record, long timer) {}
